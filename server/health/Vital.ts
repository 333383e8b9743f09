import { defineEntity, p } from '@mikro-orm/postgresql';
import { nowColumn } from '../platform/db/columns.ts';

const VitalSchema = defineEntity({
  name: 'Vital',
  properties: {
    /** `redis`, `mail`, `postgresql`, `queues`, or `queue:` and its name. */
    id: p.text().primary(),
    state: p.enum(['up', 'down'] as const).default('up'),
    /** Since when it is so, as far as that is known. */
    since: p.datetime().nullable(),
    /** How many of the latest looks in a row said otherwise, and when the first of them was. */
    streak: p.integer().default(0),
    streakSince: p.datetime().nullable(),
    /** When it is looked at next. */
    dueAt: nowColumn(),
  },
});
/** How something is that Quarterdeck stands on. What was always well has no row, or one that says nothing but when it is looked at. */
export class Vital extends VitalSchema.class {}
VitalSchema.setClass(Vital);
