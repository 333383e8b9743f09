import { defineEntity, p } from '@mikro-orm/postgresql';
import { uuidv7 } from '../platform/db/columns.ts';

/** Neither the application nor a slip at the database's prompt changes history; only a session that says so on purpose. */
const appendOnly = {
  timing: 'before' as const,
  forEach: 'statement' as const,
  body: `if current_setting('quarterdeck.maintenance', true) is distinct from 'on' then raise exception 'events are append-only'; end if; return null`,
};

/** The ids that an event's facts name, as an array: what happened to a thing is found by it. Queries must say it in these words to have the index. */
export const NAMED_IDS = `jsonb_path_query_array("facts", '$.* ? (@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")')`;

/** What is searched for words, as one text. Queries must say it in these words to have the index. */
export const SEARCHED = `("actor_name" || ' ' || "type" || ' ' || "facts"::text)`;

const EventSchema = defineEntity({
  name: 'Event',
  properties: {
    id: p.uuid().primary().onCreate(uuidv7),
    type: p.text(),
    /** When it happened; a program may say so for its own events. */
    at: p.datetime(),
    storedAt: p.datetime().defaultRaw('clock_timestamp()'),
    actorKind: p.enum(['admin', 'key', 'system', 'anonymous']),
    actorId: p.uuid().nullable(),
    /** As the actor was called then: history keeps the name. */
    actorName: p.text(),
    address: p.text().nullable(),
    sessionId: p.uuid().nullable(),
    requestId: p.text().nullable(),
    facts: p.json<Record<string, unknown>>(),
    /** The id a program chose: once per key. */
    clientId: p.text().nullable(),
  },
  indexes: [
    { properties: ['type', 'at'] },
    { properties: ['at'] },
    { properties: ['actorId'] },
    { properties: ['address'] },
    { properties: ['sessionId'] },
    { name: 'event_named_ids', expression: `create index "event_named_ids" on "event" using gin ((${NAMED_IDS}) jsonb_path_ops)` },
    { name: 'event_searched', expression: `create index "event_searched" on "event" using gin (${SEARCHED} gin_trgm_ops)` },
  ],
  uniques: [{ properties: ['actorId', 'clientId'] }],
  triggers: [
    {
      name: 'event_pending',
      timing: 'after',
      events: ['insert'],
      forEach: 'row',
      body: `insert into event_pending (id) values (new.id); return null`,
    },
    { name: 'event_wake', timing: 'after', events: ['insert'], forEach: 'statement', body: `perform pg_notify('event', ''); return null` },
    { name: 'event_append_only', events: ['update', 'delete', 'truncate'], ...appendOnly },
  ],
});
/** One thing that happened. Written in the transaction that made it happen, and never changed. */
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);

const EventPendingSchema = defineEntity({ name: 'EventPending', properties: { id: p.uuid().primary() } });
/** Events that have no number yet. A trigger puts them here, the dispatcher takes them away. */
export class EventPending extends EventPendingSchema.class {}
EventPendingSchema.setClass(EventPending);

const EventSealSchema = defineEntity({
  name: 'EventSeal',
  properties: {
    /** Its place in the stream: 1, 2, 3 … in the order of dispatch, without a gap. */
    seq: p.bigint('number').primary().autoincrement(false),
    event: () => p.oneToOne(Event).owner(),
    previousHash: p.blob(),
    /** SHA-256(previous hash | canonical JSON of the event with its number). */
    hash: p.blob(),
    sealedAt: p.datetime().defaultRaw('now()'),
  },
  triggers: [{ name: 'event_seal_append_only', events: ['update', 'delete', 'truncate'], ...appendOnly }],
});
/** The number and the link in the chain that an event was given after its commit. */
export class EventSeal extends EventSealSchema.class {}
EventSealSchema.setClass(EventSeal);
