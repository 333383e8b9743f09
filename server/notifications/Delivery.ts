import { defineEntity, p } from '@mikro-orm/postgresql';
import { Event } from '../events/Event.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';
import { Rule } from './Rule.ts';

const DeliverySchema = defineEntity({
  name: 'Delivery',
  properties: {
    /** Travels with every copy, so that a repeat can be told from a second message. */
    id: idColumn(),
    event: () => p.manyToOne(Event),
    /** Null for a mail of the product's own. */
    rule: () => p.manyToOne(Rule).nullable(),
    /** What a mail of the product's own is, such as `invitation`; null for a rule's message. */
    mail: p.text().nullable(),
    provider: p.text(),
    target: p.json<Record<string, unknown>>(),
    /** Tells targets apart: one delivery per event, rule, provider and target. */
    targetKey: p.text(),
    targetLabel: p.text(),
    about: p.text(),
    /** The rule's own text as it read then; null for the default text and for mails. */
    text: p.text().nullable(),
    test: p.boolean().default(false),
    state: p.enum(['queued', 'sending', 'sent', 'retrying', 'failed', 'suppressed']).default('queued'),
    reason: p.text().nullable(),
    /** Tries of this round; a replay begins a new one. */
    tries: p.integer().default(0),
    nextTryAt: nowColumn(),
    /** When it was first to go out; null for one that was never to go by itself. */
    dueAt: p.datetime().nullable().defaultRaw('now()'),
    /** What tells of several messages of its rule at once: those whose `toldBy` it is. While it waits, more are added. */
    collects: p.enum(['summary', 'digest']).nullable(),
    toldBy: () => p.manyToOne(Delivery).nullable(),
    /** The attempt under way, while sending; a mark under another changes nothing. */
    lease: p.uuid().nullable(),
    leaseUntil: p.datetime().nullable(),
    createdAt: nowColumn(),
    finishedAt: p.datetime().nullable(),
    version: p.integer().default(1),
  },
  uniques: [
    {
      name: 'delivery_once',
      expression: 'create unique index "delivery_once" on "delivery" ("event_id", "rule_id", "provider", "target_key") nulls not distinct',
    },
  ],
  indexes: [
    { properties: ['createdAt'] },
    { properties: ['state', 'nextTryAt'] },
    { properties: ['rule', 'createdAt'] },
    // what a rule's pace counts of one target
    {
      name: 'delivery_pace',
      expression:
        'create index "delivery_pace" on "delivery" ("rule_id", "provider", "target_key", "due_at") where "due_at" is not null and "rule_id" is not null',
    },
    { properties: ['toldBy'] },
    // what was sent over a time, and how long that took, is answered by the index alone
    {
      name: 'delivery_finished',
      expression: 'create index "delivery_finished" on "delivery" ("finished_at") include ("provider", "state", "test", "due_at")',
    },
  ],
});
/** One message to one target because of one event and one rule. */
export class Delivery extends DeliverySchema.class {
  /** The id of the admin whom a mail of the product's own is addressed to; undefined for a channel, or somebody who is no admin. */
  addressee(): string | undefined {
    const { adminId } = this.target;
    return this.mail !== null && this.mail !== undefined && typeof adminId === 'string' ? adminId : undefined;
  }
}
DeliverySchema.setClass(Delivery);

const AttemptSchema = defineEntity({
  name: 'Attempt',
  properties: {
    id: idColumn(),
    delivery: () => p.manyToOne(Delivery).deleteRule('cascade'),
    number: p.integer(),
    startedAt: nowColumn(),
    durationMs: p.integer().nullable(),
    /** Null while it lasts; `lost` when its worker went silent, so that nobody knows whether it arrived. */
    outcome: p.enum(['sent', 'retry', 'failed', 'suppressed', 'lost']).nullable(),
    /** The first 2 kB of what the service said, secrets taken out. */
    answer: p.text().nullable(),
  },
  indexes: [{ properties: ['delivery', 'number'] }],
});
/** One try of a delivery and what came of it. */
export class Attempt extends AttemptSchema.class {}
AttemptSchema.setClass(Attempt);
