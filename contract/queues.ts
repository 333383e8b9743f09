import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment, pageOf, pageQuery } from './shared.ts';
import { lamp } from './widgets.ts';

export const queueView = z.object({
  name: z.string(),
  waiting: z.int(),
  active: z.int(),
  delayed: z.int(),
  failed: z.int(),
  paused: z.boolean(),
  /** Who paused it and when, as far as the activity log knows. */
  pausedBy: z.object({ name: z.string(), at: moment }).nullable(),
  /** How long the oldest waiting job has waited, in ms; null when none waits. */
  oldestWaitMs: z.int().nullable(),
  workers: z.int(),
  /** How many jobs ended in each of the last 15 minutes, the oldest first; the last minute is not over. */
  perMinute: z.array(z.int()),
  lamp,
});
export type QueueView = z.infer<typeof queueView>;
export const listQueues = endpoint('GET', '/queues', 'The queues and how much waits in each.', {
  result: z.object({ items: z.array(queueView) }),
});
export const getQueue = endpoint('GET', '/queues/:name', 'One queue.', { result: queueView });
export const pauseQueue = endpoint('POST', '/queues/:name/pause', 'Lets a queue take in work, but do none until it is resumed.', {
  result: queueView,
});
export const resumeQueue = endpoint('POST', '/queues/:name/resume', 'Lets a paused queue work again.', { result: queueView });

export const jobState = z.enum(['waiting', 'active', 'delayed', 'failed', 'completed']);
export type JobState = z.infer<typeof jobState>;
export const jobRow = z.object({
  id: z.string(),
  state: jobState,
  madeAt: moment,
  /** When its last try began, and when it ended. */
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** Of one that waits for its time. */
  dueAt: moment.nullable(),
  tries: z.int(),
  maxTries: z.int(),
  /** Why its last try failed. */
  error: z.string().nullable(),
  /** 0 to 100, where the job says so. */
  progress: z.number().nullable(),
});
export type JobRow = z.infer<typeof jobRow>;
export const jobView = jobRow.extend({
  /** What it carries, as JSON, secrets taken out. */
  payload: z.string(),
  /** Where each failed try broke off, the newest last. */
  stacks: z.array(z.string()),
  /** The delivery that it sends. */
  deliveryId: z.uuid().nullable(),
  /** Whether the clock brings it: it comes again by itself, and is not removed. */
  scheduled: z.boolean(),
});
export type JobView = z.infer<typeof jobView>;

/** As many jobs of a state are looked through for words. */
export const MOST_SEARCHED = 1000;
const search = z.string().trim().max(100).optional().describe('Words of its id or of its error.');
export const listJobs = endpoint(
  'GET',
  '/queues/:name/jobs',
  `The jobs of a queue in one state, newest first; those that wait in their order. The first ${MOST_SEARCHED} are searched.`,
  {
    query: pageQuery.extend({ state: jobState, search }),
    result: pageOf(jobRow).extend({ /** How many were looked through for words, where those are not all. */ searched: z.int().nullable() }),
  },
);
export const getJob = endpoint('GET', '/queues/:name/jobs/:id', 'One job with what it carries.', { result: jobView });
export const retryJob = endpoint('POST', '/queues/:name/jobs/:id/retry', 'Has a failed job tried again.', { status: 202, result: jobView });
export const removeJob = endpoint('DELETE', '/queues/:name/jobs/:id', 'Removes a job that is not under way.');
export const retryJobs = endpoint('POST', '/queues/:name/retry', 'Has all failed jobs of a queue tried again, or those with some words.', {
  query: z.object({ search }),
  status: 202,
  result: z.object({ jobs: z.int() }),
});
export const clearJobs = endpoint('POST', '/queues/:name/clear', 'Removes all failed jobs of a queue, or those with some words.', {
  query: z.object({ search }),
  result: z.object({ jobs: z.int() }),
});
