import { z } from 'zod';
import { EXPIRED_AT_ONCE, expireOverdue } from '#server/invitations/expire-overdue.ts';
import { job } from './job.ts';

/** Makes it known that invitations ran out. Until it has, nothing works any longer than it should: a link is judged by its deadline. */
export default job({
  id: 'expire-invitations',
  every: 60_000,
  payload: z.object({}),
  run: async (_, { em, signal }) => {
    while (!signal.aborted && (await expireOverdue(em.fork())) === EXPIRED_AT_ONCE);
  },
});
