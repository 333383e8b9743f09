import { z } from 'zod';
import { systemMails } from '#server/mails.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { providers } from '#server/notifications/providers/_all.ts';
import { job } from './job.ts';

/** Sends one message, by one way out: each has a queue of its own, so that a slow service delays no other. */
export default job({
  id: 'deliver',
  concurrency: 4,
  payload: z.strictObject({ deliveryId: z.uuid() }),
  lanes: () => [...providers.keys()],
  run: ({ deliveryId }, { em, ...tools }) => deliver(em, tools, deliveryId, systemMails),
});
