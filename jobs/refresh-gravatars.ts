import { z } from 'zod';
import { refreshGravatars } from '#server/admins/avatars/gravatar.ts';
import { job } from './job.ts';

/** Asks Gravatar for the pictures of those who want them from there; no page waits for it, and no browser talks to it. */
export default job({
  id: 'refresh-gravatars',
  every: 60_000,
  payload: z.object({}),
  run: (_, { em, signal, ...tools }) => refreshGravatars(em, tools, signal),
});
