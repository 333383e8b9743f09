import type { Job, JobType, Queue } from 'bullmq';
import type { JobRow, JobState, JobView } from '#contract/queues.ts';
import { Problem } from '../platform/problem.ts';
import type { Producer } from '../platform/queue.ts';
import type { RedisClient } from '../platform/redis.ts';
import { presentJob, presentWholeJob } from './present.ts';
import { callRoll } from './roll-call.ts';

/** Where Redis keeps them. */
const PLACES: Record<JobState, JobType[]> = {
  waiting: ['waiting', 'prioritized'],
  active: ['active'],
  delayed: ['delayed'],
  failed: ['failed'],
  completed: ['completed'],
};
/** What waits is shown in the order in which its turn comes. */
const inOrder = (state: JobState): boolean => state === 'waiting' || state === 'delayed';

export interface QueueTools {
  redis: RedisClient;
  producer: Producer;
}

/** A queue that some worker serves or served. @throws Problem `not_found`, RedisUnavailable */
export async function knownQueue({ redis, producer }: QueueTools, name: string): Promise<Queue> {
  const { workers } = await callRoll(redis, producer.prefix);
  if (!workers.has(name)) throw new Problem('not_found', { detail: `There is no queue ${name}.` });
  return producer.queue(name);
}

/** @throws Problem `not_found` for one that is done and forgotten, too */
export async function knownJob(queue: Queue, id: string): Promise<Job> {
  const job: Job | undefined = await queue.getJob(id);
  if (!job) throw new Problem('not_found', { detail: 'This job is done and forgotten, or was removed.' });
  return job;
}

async function stateOf(job: Job): Promise<JobState> {
  const state = await job.getState();
  return state === 'active' || state === 'delayed' || state === 'failed' || state === 'completed' ? state : 'waiting';
}

export async function jobPage(queue: Queue, state: JobState, { page, pageSize }: { page: number; pageSize: number }) {
  const counts = await queue.getJobCounts(...PLACES[state]);
  const from = (page - 1) * pageSize;
  const jobs: (Job | undefined)[] = await queue.getJobs(PLACES[state], from, from + pageSize - 1, inOrder(state));
  const items: JobRow[] = jobs.flatMap(job => (job ? [presentJob(job, state)] : [])).slice(0, pageSize);
  return { items, total: Object.values(counts).reduce((sum, count) => sum + count, 0), page, pageSize };
}

/** @throws Problem `not_found` */
export async function jobView(queue: Queue, id: string): Promise<JobView> {
  const job = await knownJob(queue, id);
  return presentWholeJob(job, await stateOf(job));
}
