import { z } from 'zod';
import { REMINDED_AT_ONCE, remindInvitees } from '#server/invitations/remind-invitees.ts';
import { job } from './job.ts';

/** Reminds once, on the fifth day of a link, those who have not answered. */
export default job({
  id: 'remind-invitees',
  every: 300_000,
  payload: z.object({}),
  run: async (_, { em, signal }) => {
    while (!signal.aborted && (await remindInvitees(em.fork())) === REMINDED_AT_ONCE);
  },
});
