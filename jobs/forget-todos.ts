import { z } from 'zod';
import { forgetDeleted } from '#server/todos/commands.ts';
import { job } from './job.ts';

/** Lets go of to-dos that were deleted more than a day ago: until then they can be brought back. */
export default job({
  id: 'forget-todos',
  every: 3_600_000,
  payload: z.object({}),
  run: async (_, { em, signal }) => {
    while (!signal.aborted && (await forgetDeleted(em.fork())) > 0);
  },
});
