import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { businessEvents } from './events/business.ts';
import { type EventKind, type Family, text } from './events/event.ts';
import { queueEvents } from './events/queues.ts';
import { securityEvents } from './events/security.ts';
import { staffEvents } from './events/staff.ts';
import { systemEvents } from './events/system.ts';
import { todoEvents } from './events/todos.ts';
import { vitalEvents } from './events/vitals.ts';
import { moment } from './shared.ts';

export const recordable = { ...staffEvents, ...securityEvents, ...systemEvents, ...queueEvents, ...vitalEvents, ...todoEvents } as const;
/** What Quarterdeck itself records. */
export type RecordableType = keyof typeof recordable;
/** What can happen, by name; those under `custom.` are the organisation's own. */
export type EventType = RecordableType | keyof typeof businessEvents | `custom.${string}`;
export type Facts<T extends RecordableType> = z.infer<(typeof recordable)[T]['facts']>;

/** An event of the organisation's own, under `custom.` and a name it chose. */
export const customFacts = z.object({
  title: z.string().trim().min(1).max(200),
  message: z.string().max(2000).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  status: z.enum(['info', 'good', 'warn', 'bad']).optional(),
  attributes: z
    .array(
      z.object({
        label: text,
        value: text,
        style: z.enum(['info', 'good', 'warn', 'bad']).optional(),
        url: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .optional(),
        icon: text.optional(),
      }),
    )
    .max(25)
    .optional(),
});
export const CUSTOM_TYPE = /^custom\.[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const custom: EventKind<typeof customFacts> = {
  family: 'custom',
  label: 'An event of your own',
  severity: 'info',
  facts: customFacts,
  title: facts => facts.title,
};

const all: Record<string, EventKind> = { ...recordable, ...businessEvents };
export const EVENT_TYPES = Object.keys(all);
export const BUSINESS_TYPES = Object.keys(businessEvents);

/** The entry of an event's type; `undefined` for a type that does not exist. */
export function eventKind(type: string): EventKind | undefined {
  if (Object.hasOwn(all, type)) return all[type];
  return CUSTOM_TYPE.test(type) && type.length <= 100 ? custom : undefined;
}
/** Types that may come from outside. */
export const isPostable = (type: string): boolean => Object.hasOwn(businessEvents, type) || (CUSTOM_TYPE.test(type) && type.length <= 100);

/** An event as programs post it. `id` is theirs: the same id twice, by the same key, is stored once. */
export const postedEvent = z.strictObject({
  id: z.string().min(1).max(100).describe('Yours: the same id twice, by the same key, is stored once.'),
  type: z.string().max(100).describe('A type of the catalogue, or custom. and a name of your own.'),
  at: moment.optional().describe('When it happened, if that was not now.'),
  facts: z.record(z.string().max(100), z.unknown()).describe('What the type asks for; a custom event needs a title.'),
});
export type PostedEvent = z.infer<typeof postedEvent>;

const family: z.ZodType<Family> = z.enum(['security', 'staff', 'system', 'business', 'custom']);
export const eventView = z.object({
  /** The number in the stream: given in order, without a gap. */
  seq: z.int(),
  id: z.uuid(),
  type: z.string(),
  family,
  at: moment,
  /** When Quarterdeck stored it; differs from `at` where a program said when it happened. */
  storedAt: moment,
  actor: z.object({ kind: z.enum(['admin', 'key', 'system', 'anonymous']), id: z.uuid().optional(), name: z.string() }),
  facts: z.record(z.string(), z.unknown()),
  /** SHA-256 over the previous hash and this event, in hex: the chain that `audit verify` walks. */
  hash: z.string(),
});
export type EventView = z.infer<typeof eventView>;

export const listEvents = endpoint('GET', '/events', 'Reads the stream of events in order, without ever skipping a late one.', {
  query: z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  result: z.object({
    items: z.array(eventView),
    /** Pass as `after` to read on. */ next: z.int(),
    /** Whether there is more right now. */ more: z.boolean(),
  }),
});

const POSTED: PostedEvent[] = [
  { id: 'shop-1001', type: 'order.placed', facts: { order: '1001', client: 'Contoso', total: { amount: 99.5, currency: 'USD' } } },
  { id: 'nightly-7', type: 'custom.backup.finished', facts: { title: 'Backup finished', status: 'good' } },
];
export const MAX_EVENTS_AT_ONCE = 1000;
export const postEvents = endpoint(
  'POST',
  '/events',
  'Stores one event or up to 1,000; of a list each is judged alone and the good ones are kept, a single bad one is a failure.',
  {
    body: z.union(
      [
        z.record(z.string().max(100), z.unknown()),
        z.array(z.unknown()).min(1, 'Send at least one event.').max(MAX_EVENTS_AT_ONCE, 'Send at most 1,000 events at once.'),
      ],
      'Send an event, or a list of up to 1,000.',
    ),
    bodyLimit: 2 * 1024 * 1024,
    eachAlone: postedEvent,
    example: POSTED,
    status: 202,
    result: z.object({
      /** Newly stored. */
      stored: z.int(),
      /** Known by their id already, and not stored again. */
      repeated: z.int(),
      /** Not stored, by their place in the list (0 for a single one). */
      refused: z.array(
        z.object({
          index: z.int(),
          id: z.string().optional(),
          code: z.enum(['invalid', 'unknown_event_type', 'id_reused']),
          message: z.string(),
          fields: z.record(z.string(), z.string()),
        }),
      ),
    }),
  },
);
