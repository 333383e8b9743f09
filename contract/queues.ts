import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { lamp } from './widgets.ts';

export const queueView = z.object({
  name: z.string(),
  waiting: z.int(),
  active: z.int(),
  delayed: z.int(),
  failed: z.int(),
  paused: z.boolean(),
  /** How long the oldest waiting job has waited, in ms; null when none waits. */
  oldestWaitMs: z.int().nullable(),
  workers: z.int(),
  lamp,
});
export type QueueView = z.infer<typeof queueView>;
export const listQueues = endpoint('GET', '/queues', 'The queues and how much waits in each.', {
  result: z.object({ items: z.array(queueView) }),
});
