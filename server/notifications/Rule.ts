import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Condition, ConditionGroup } from '#contract/notifications.ts';
import { type Pacing, UNPACED } from '#contract/pacing.ts';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

/** A target as it is stored; `label` is what it was called when it was chosen, such as `#sales`. */
export interface StoredTarget {
  provider: string;
  target: Record<string, unknown>;
  label: string;
}

const RuleSchema = defineEntity({
  name: 'Rule',
  properties: {
    id: idColumn(),
    name: p.text(),
    enabled: p.boolean(),
    events: p.array<string>().columnType('text[]'),
    match: p.enum(['all', 'any']),
    conditions: p.json<(Condition | ConditionGroup)[]>(),
    targets: p.json<StoredTarget[]>(),
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
/** When these events happen, and these conditions hold, say this to those targets. */
export class Rule extends RuleSchema.class {}
RuleSchema.setClass(Rule);
