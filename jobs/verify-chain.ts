import { z } from 'zod';
import { checkChain } from '#server/events/check-chain.ts';
import { job } from './job.ts';

/** Follows the activity log's chain, so that a change behind its back is noticed by itself. Its head goes to the process' log, out of reach of the database. */
export default job({
  id: 'verify-chain',
  every: 600_000,
  payload: z.object({ whole: z.boolean().optional() }),
  run: async ({ whole }, { em, log }) => {
    const report = await checkChain(em, { whole: whole ?? false });
    const at = { seq: report.intact, head: Buffer.from(report.head).toString('hex') };
    if (report.broken) log.error({ ...at, broken: report.broken }, 'activity log: the chain is broken');
    else if (report.whole) log.info(at, 'activity log: the chain holds');
  },
});
