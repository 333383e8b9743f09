import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Condition, ConditionGroup } from '#contract/notifications.ts';
import { type Pacing, UNPACED } from '#contract/pacing.ts';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

const RuleSchema = defineEntity({
  name: 'Rule',
  properties: {
    id: idColumn(),
    name: p.text(),
    enabled: p.boolean(),
    events: p.array<string>().columnType('text[]'),
    match: p.enum(['all', 'any']),
    conditions: p.json<(Condition | ConditionGroup)[]>(),
    provider: p.text(),
    target: p.json<Record<string, unknown>>(),
    /** The target in words, such as `#sales`, as it was called when it was chosen. */
    targetLabel: p.text(),
    text: p.text().nullable(),
    pacing: p.json<Pacing>().defaultRaw(`'${JSON.stringify(UNPACED)}'`),
    owner: () => p.manyToOne(Admin),
    createdAt: nowColumn(),
    /** What it decided before then may have been decided otherwise. */
    changedAt: nowColumn(),
    /** Deleted rules stand still, so that what they sent keeps its name. */
    deletedAt: p.datetime().nullable(),
    version: versionColumn(),
  },
});
/** When these events happen, and these conditions hold, say this to that target. */
export class Rule extends RuleSchema.class {}
RuleSchema.setClass(Rule);
