import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment } from './shared.ts';

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

const thing = z.object({ what: z.string(), label: z.string() });
export const listExplainable = endpoint('GET', '/explain/things', 'All that can be explained.', {
  result: z.object({ pages: z.array(thing), widgets: z.array(thing), rights: z.array(thing), routes: z.array(thing) }),
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
