import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment, pageOf, pageQuery } from './shared.ts';

export const deliveryState = z.enum(['queued', 'sending', 'sent', 'retrying', 'failed', 'suppressed']);
export type DeliveryState = z.infer<typeof deliveryState>;

export const deliveryRow = z.object({
  id,
  createdAt: moment,
  state: deliveryState,
  /** Why it failed, waits or was suppressed; for a sent one what the service answered. */
  reason: z.string().nullable(),
  provider: z.string(),
  /** What people call it. */
  providerLabel: z.string(),
  target: z.string(),
  /** The rule that asked for it; null for a mail of the product's own, such as an invitation. */
  rule: z.object({ id, name: z.string() }).nullable(),
  /** What it says, in a line. */
  about: z.string(),
  event: z.object({ id, type: z.string(), label: z.string() }),
  test: z.boolean(),
  /** What tells of several messages of its rule at once. */
  collects: z.enum(['summary', 'digest']).nullable(),
  /** The summary or digest that tells of it, where it does not go by itself. */
  toldBy: id.nullable(),
  tries: z.int(),
  maxTries: z.int(),
  /** While it waits: when it goes out. */
  nextTryAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** Grows with each change, so that a late word never overwrites a newer one. */
  version: z.int(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const attemptView = z.object({
  number: z.int(),
  at: moment,
  durationMs: z.int().nullable(),
  outcome: z.enum(['sent', 'retry', 'failed', 'suppressed', 'lost']),
  /** The first 2 kB of what the service said, secrets taken out. */
  answer: z.string().nullable(),
});
export const deliveryView = deliveryRow.extend({
  attempts: z.array(attemptView),
  /** The message as the provider was given it, secrets taken out. */
  message: z.object({ title: z.string(), text: z.string(), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  /** Each rule looked at for its event, and why it matched or did not. */
  rules: z.array(z.object({ id, name: z.string(), matched: z.boolean(), because: z.string() })),
  /** The admin whom it is addressed to; null where it goes to a channel, or to somebody who is no admin. */
  adminId: id.nullable(),
  eventTitle: z.string(),
  eventSeq: z.int().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/** What the log may be narrowed to; all that is given must hold. */
const deliveryFilter = z.object({
  provider: z.string().max(40).optional(),
  rule: id.optional(),
  /** A type of event. */
  event: z.string().max(100).optional(),
  /** What one summary or digest tells of. */
  toldBy: id.optional(),
  /** From this moment on, and before that one. */
  from: moment.optional(),
  to: moment.optional(),
  search: z.string().trim().max(100).optional(),
});
export const listDeliveries = endpoint('GET', '/deliveries', 'The delivery log, newest first.', {
  query: pageQuery.extend({ ...deliveryFilter.shape, state: deliveryState.optional() }),
  result: pageOf(deliveryRow),
});
export const getDelivery = endpoint('GET', '/deliveries/:id', 'One delivery with its attempts and the rules looked at.', {
  result: deliveryView,
});
export const replayDelivery = endpoint('POST', '/deliveries/:id/replay', 'Sends a failed or suppressed delivery once more.', {
  status: 202,
  result: deliveryRow,
});

export const replayDeliveries = endpoint(
  'POST',
  '/deliveries/replay',
  'Sends again what failed and fits the filter, at most 1,000 at once, oldest first.',
  {
    body: z.strictObject(deliveryFilter.shape),
    status: 202,
    result: z.object({
      replayed: z.int(),
      /** What still stands as failed and fits. */ left: z.int(),
    }),
  },
);

export const keptMail = z.object({ deliveryId: id, to: z.string(), subject: z.string(), keptAt: moment });
export const listKeptMail = endpoint('GET', '/kept-mail', 'Messages kept because no mail server is set, newest first.', {
  query: pageQuery,
  result: pageOf(keptMail),
});
export const readKeptMail = endpoint('POST', '/kept-mail/:id/open', 'Opens a kept message; opening is recorded.', {
  result: keptMail.extend({ from: z.string(), text: z.string() }),
});
