import { z } from 'zod';
import { forgetChecks } from '#server/hosts/history.ts';
import { job } from './job.ts';

/** Lets go of old checks of hosts, some thousand at a time. */
export default job({
  id: 'forget-host-checks',
  every: 3_600_000,
  payload: z.object({}),
  run: async (_, { em, signal }) => {
    while (!signal.aborted && (await forgetChecks(em.fork())) > 0);
  },
});
