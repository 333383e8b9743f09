import { z } from 'zod';
import { systemMails } from '#server/mails.ts';
import { announce } from '#server/notifications/announce.ts';
import { enqueue } from '#server/notifications/enqueue.ts';
import { dueDeliveries, takeBackLost } from '#server/notifications/sweep.ts';
import { job } from './job.ts';

/** Finds in the rows what is to be sent and puts it in the queue: what nobody queued, what is to be tried again, what a worker left behind. */
export default job({
  id: 'sweep-deliveries',
  every: 5000,
  payload: z.strictObject({}),
  run: async (_, { em, ...tools }) => {
    await announce(em, tools, await takeBackLost(em, systemMails));
    await enqueue(tools, await dueDeliveries(em));
  },
});
