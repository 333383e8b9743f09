import { z } from 'zod';
import { checkDueHosts } from '#server/hosts/check-due.ts';
import { job } from './job.ts';

/** Looks at the hosts whose time has come; which of several workers does it makes no difference. */
export default job({
  id: 'check-hosts',
  every: 10_000,
  payload: z.object({}),
  run: async (_, { em, outbound, signal }) => {
    while (!signal.aborted && (await checkDueHosts(em.fork(), outbound)) > 0);
  },
});
