import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { eventView } from './events.ts';
import { deliveryRow } from './deliveries.ts';
import { cursorOf, cursorQuery, id, moment, name } from './shared.ts';

/** An event as people read it. */
export const activityEntry = eventView.omit({ hash: true }).extend({
  label: z.string(),
  severity: z.enum(['info', 'good', 'warn', 'bad']),
  /** One sentence, without the actor. */
  title: z.string(),
  /** Where in the product it can be looked at. */
  link: z.string().optional(),
  address: z.string().optional(),
  /** The login session it was done in, and what device that session says it is on. */
  session: z.uuid().optional(),
  device: z.string().optional(),
  requestId: z.string().optional(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

/** What the log may be narrowed to; all that is given must hold. */
export const activityFilter = z.object({
  family: z.enum(['security', 'staff', 'system', 'business', 'custom']).optional(),
  type: z.string().trim().max(100).optional(),
  /** Who did it: an admin's id, or a key's. */
  actor: id.optional(),
  /** A person, role, invitation, rule …: what its facts name, and what it did itself. */
  object: id.optional(),
  address: z.string().trim().max(64).optional(),
  session: id.optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Before this moment. */
  to: moment.optional(),
  search: z.string().trim().max(100).optional(),
});
export type ActivityFilter = z.infer<typeof activityFilter>;

export const listActivity = endpoint('GET', '/activity', 'The activity log, newest first.', {
  query: activityFilter.extend(cursorQuery.shape),
  result: cursorOf(activityEntry),
});

export const exportActivity = endpoint(
  'GET',
  '/activity.csv',
  'The activity log as CSV (RFC 4180), newest first, narrowed like the list.',
  {
    query: activityFilter,
    answers: 'text/csv',
  },
);

export const activityDetail = z.object({
  entry: activityEntry,
  /** The login session it was done in; null where there was none. */
  session: z.object({ id, device: z.string(), address: z.string(), startedAt: moment, endedAt: moment.nullable() }).nullable(),
  /** Messages planned because of it; null for whoever may not see the delivery log. */
  deliveries: z.array(deliveryRow).nullable(),
  /** Rules that listen to it, and why each matched or did not; null for whoever may not see rules. */
  rules: z.array(z.object({ id, name: z.string(), matched: z.boolean(), because: z.string(), deleted: z.boolean() })).nullable(),
  /** Widgets of the reader's that are rebuilt by it. */
  widgets: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type ActivityDetail = z.infer<typeof activityDetail>;
export const getActivity = endpoint('GET', '/activity/:id', 'One entry of the activity log, and what followed from it.', {
  result: activityDetail,
});

export const savedFilter = z.object({ id, name: z.string(), filter: activityFilter });
export type SavedFilter = z.infer<typeof savedFilter>;
export const listFilters = endpoint('GET', '/me/activity-filters', 'The filters of the activity log that one keeps for oneself.', {
  result: z.object({ items: z.array(savedFilter) }),
});
export const saveFilter = endpoint(
  'POST',
  '/me/activity-filters',
  'Keeps a filter of the activity log under a name; the same name again replaces it.',
  {
    body: z.strictObject({ name, filter: z.strictObject(activityFilter.shape) }),
    status: 201,
    result: savedFilter,
  },
);
export const forgetFilter = endpoint('DELETE', '/me/activity-filters/:id', 'Forgets a kept filter.');

export const chainState = z.object({
  /** The number of the newest entry. */
  newest: z.int(),
  /** All entries up to this one hung together when it was looked at. */
  verifiedTo: z.int(),
  /** When; null: not yet. */
  at: moment.nullable(),
  /** When it was last computed from the first entry on. */
  wholeAt: moment.nullable(),
  /** The first entry that does not fit. */
  broken: z.object({ seq: z.int(), eventId: id.nullable(), reason: z.string() }).nullable(),
});
export type ChainState = z.infer<typeof chainState>;
export const getChain = endpoint('GET', '/activity/chain', 'How far the chain of the activity log was verified.', { result: chainState });
export const verifyChain = endpoint('POST', '/activity/chain', 'Has a worker compute the chain from the first entry on.', {
  status: 202,
  result: chainState,
});
