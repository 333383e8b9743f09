import type { Job, JobType, Queue } from 'bullmq';
import { type JobRow, type JobState, type JobView, MOST_SEARCHED } from '#contract/queues.ts';
import { Problem } from '../platform/problem.ts';
import type { Producer } from '../platform/queue.ts';
import type { RedisClient } from '../platform/redis.ts';
import { say } from '../words/say.ts';
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
  if (!workers.has(name)) throw new Problem('not_found', { detail: say('There is no queue {name}.', { name }) });
  return producer.queue(name);
}

/** @throws Problem `not_found` for one that is done and forgotten, too */
export async function knownJob(queue: Queue, id: string): Promise<Job> {
  const job: Job | undefined = await queue.getJob(id);
  if (!job) throw new Problem('not_found', { detail: say('This job is done and forgotten, or was removed.') });
  return job;
}

async function stateOf(job: Job): Promise<JobState> {
  const state = await job.getState();
  return state === 'active' || state === 'delayed' || state === 'failed' || state === 'completed' ? state : 'waiting';
}

const mentions = (job: Job, words: string): boolean =>
  [job.id, job.name, job.failedReason].some(text => text?.toLowerCase().includes(words.toLowerCase()));

/** Those of the first in a state that have these words in their id, their name or their error. */
export async function jobsWith(queue: Queue, state: JobState, words: string): Promise<Job[]> {
  const jobs: (Job | undefined)[] = await queue.getJobs(PLACES[state], 0, MOST_SEARCHED - 1, inOrder(state));
  return jobs.filter(job => job !== undefined).filter(job => mentions(job, words));
}

/** @param search absent: all of them */
export async function jobPage(queue: Queue, state: JobState, { page, pageSize }: { page: number; pageSize: number }, search?: string) {
  const from = (page - 1) * pageSize;
  const shown = (jobs: readonly (Job | undefined)[]): JobRow[] =>
    jobs.flatMap(job => (job ? [presentJob(job, state)] : [])).slice(0, pageSize);
  const counts = await queue.getJobCounts(...PLACES[state]);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (search) {
    const found = await jobsWith(queue, state, search);
    return { items: shown(found.slice(from)), total: found.length, page, pageSize, searched: all > MOST_SEARCHED ? MOST_SEARCHED : null };
  }
  const items = shown(await queue.getJobs(PLACES[state], from, from + pageSize - 1, inOrder(state)));
  return { items, total: all, page, pageSize, searched: null };
}

/** @throws Problem `not_found` */
export async function jobView(queue: Queue, id: string): Promise<JobView> {
  const job = await knownJob(queue, id);
  return presentWholeJob(job, await stateOf(job));
}
