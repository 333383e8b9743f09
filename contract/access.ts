import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment } from './shared.ts';
import { lamp } from './widgets.ts';

const right = z.object({ id: z.string(), label: z.string() });
const named = z.object({ id, name: z.string() });

export const explanation = z.object({
  person: z.object({ id, name: z.string(), disabled: z.boolean(), roles: z.array(named) }),
  what: z.object({ kind: z.enum(['right', 'page', 'widget', 'route']), id: z.string(), label: z.string() }),
  allowed: z.boolean(),
  /** The answer in one sentence. */
  sentence: z.string(),
  /** The right that decides; null where none is asked for. */
  needs: right.nullable(),
  /** Each role of theirs that gives it: the rights from the one that the role grants to the one that is needed; null: it grants everything. */
  by: z.array(z.object({ role: named, chain: z.array(right).nullable() })),
  /** All roles that grant it. */
  granting: z.array(named),
  /** Who can give it to this person. */
  people: z.array(z.string()),
  /** What else keeps it from being seen, such as a widget that fails. */
  notes: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;

export const explainAccess = endpoint('GET', '/explain', 'Why somebody may or may not see or do something.', {
  query: z.object({
    /** Oneself, where it is left out. Others need the right to view staff. */
    admin: id.optional(),
    /** A right (`queues.view`), a page (`/queues`), a widget (`widget:queues`) or a route of the API (`POST /invitations`). */
    what: z.string().trim().min(1, 'Choose what to explain.').max(200),
  }),
  result: explanation,
});

const check = z.object({ ok: z.boolean(), text: z.string() });
/** One message to one target, that is or is not sent. */
const explainedMessage = z.object({
  /** What it is: a mail's or a rule's name. */
  label: z.string(),
  lamp,
  sentence: z.string(),
  /** What kept it or let it go when it was to be sent; empty where it never was, or nothing was in its way. */
  then: z.array(check),
  /** How each thing stands now that it depends on: what would come of it today. */
  now: z.array(check),
  /** Where it stands in the delivery log. */
  deliveryId: id.nullable(),
});
export type ExplainedMessage = z.infer<typeof explainedMessage>;
export const messageExplanation = z.object({
  /** Whose messages are explained; null where they go to a channel, or to somebody who is no admin. */
  person: named.nullable(),
  what: z.object({ kind: z.enum(['delivery', 'event', 'mail']), id: z.string(), label: z.string() }),
  lamp,
  /** The answer in one sentence. */
  sentence: z.string(),
  messages: z.array(explainedMessage),
});
export type MessageExplanation = z.infer<typeof messageExplanation>;

export const explainMessage = endpoint('GET', '/explain/message', 'Why a message was or was not sent.', {
  query: z.object({
    /**
     * Where it is left out: whoever the delivery is addressed to, else oneself. Others need the right to view staff. What goes to a
     * channel is the same whoever is named.
     */
    admin: id.optional(),
    /**
     * A delivery (`delivery:<id>`), which needs the right to view deliveries; an entry of the activity log (`event:<number>`), which needs
     * the right to view that; or a mail that roles send (`mail:<id>`).
     */
    what: z
      .string()
      .regex(/^(delivery|event|mail):./, 'Choose what to explain.')
      .max(200),
  }),
  result: messageExplanation,
});

const thing = z.object({ what: z.string(), label: z.string() });
export const listExplainable = endpoint('GET', '/explain/things', 'All that can be explained.', {
  result: z.object({
    pages: z.array(thing),
    widgets: z.array(thing),
    rights: z.array(thing),
    routes: z.array(thing),
    /** The mails that roles send, which `GET /explain/message` explains. */
    mails: z.array(thing),
  }),
});
export type Explainable = z.infer<NonNullable<(typeof listExplainable)['result']>>;

export const askForRight = endpoint(
  'POST',
  '/rights/ask',
  'Asks those who can give a right for it: once a day, however often it is sent.',
  {
    body: z.strictObject({ permission: z.string().max(100) }),
    status: 202,
    result: z.object({
      /** When it was asked for: now, or within the day before. */
      at: moment,
      /** Whether this was the one that asked. */
      first: z.boolean(),
      /** Who is told. */
      people: z.array(z.string()),
    }),
  },
);
