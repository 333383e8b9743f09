import type { EntityManager } from '@mikro-orm/postgresql';
import type { Job, Queue } from 'bullmq';
import type { Facts } from '#contract/events.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { jobsWith, knownJob } from './jobs.ts';

type Type = 'queue.paused' | 'queue.resumed' | 'job.retried' | 'job.removed' | 'jobs.retried' | 'jobs.removed';

/** Redis has done it by now: it is written down after the act, since no transaction spans the two. */
const note = <T extends Type>(em: EntityManager, actor: Actor, type: T, facts: Facts<T>): Promise<void> =>
  em.transactional(em => {
    record(em, actor, type, facts);
    return Promise.resolve();
  });

/** Work is taken in and waits. Done twice, it is done once. */
export async function pauseQueue(em: EntityManager, actor: Actor, queue: Queue): Promise<void> {
  if (await queue.isPaused()) return;
  await queue.pause();
  await note(em, actor, 'queue.paused', { queue: queue.name });
}

export async function resumeQueue(em: EntityManager, actor: Actor, queue: Queue): Promise<void> {
  if (!(await queue.isPaused())) return;
  await queue.resume();
  await note(em, actor, 'queue.resumed', { queue: queue.name });
}

/** @throws Problem `not_found`, `job_busy` for one that has not failed */
export async function retryJob(em: EntityManager, actor: Actor, queue: Queue, id: string): Promise<void> {
  const job = await knownJob(queue, id);
  if (!(await job.isFailed())) throw new Problem('job_busy', { detail: say('Only a job that failed can be tried again.') });
  await job.retry('failed', { resetAttemptsMade: true }).catch((cause: unknown) => {
    throw new Problem('job_busy', {}, { cause });
  });
  await note(em, actor, 'job.retried', { queue: queue.name, job: id });
}

/** @throws Problem `not_found`, `job_busy` for one that is under way, or that the clock brings */
export async function removeJob(em: EntityManager, actor: Actor, queue: Queue, id: string): Promise<void> {
  const job = await knownJob(queue, id);
  const removed = await job.remove().then(
    () => true,
    () => false,
  );
  if (!removed) throw new Problem('job_busy');
  await note(em, actor, 'job.removed', { queue: queue.name, job: id });
}

/** As many at once, so that a request has an end. */
const AT_ONCE = 1000;

/** Does something with each job; one that somebody else took meanwhile is not counted. @returns how many it was done with */
async function withEach(jobs: readonly Job[], act: (job: Job) => Promise<unknown>): Promise<number> {
  const done = await Promise.allSettled(jobs.map(act));
  return done.filter(({ status }) => status === 'fulfilled').length;
}

async function retryAll(queue: Queue): Promise<number> {
  const jobs = Math.min((await queue.getJobCounts('failed'))['failed'] ?? 0, AT_ONCE);
  if (jobs > 0) await queue.retryJobs({ state: 'failed', count: AT_ONCE });
  return jobs;
}

/** @param search only those with these words @returns how many failed jobs are tried again */
export async function retryJobs(em: EntityManager, actor: Actor, queue: Queue, search?: string): Promise<number> {
  const jobs = search
    ? await withEach(await jobsWith(queue, 'failed', search), job => job.retry('failed', { resetAttemptsMade: true }))
    : await retryAll(queue);
  if (jobs > 0) await note(em, actor, 'jobs.retried', { queue: queue.name, jobs });
  return jobs;
}

/** @param search only those with these words @returns how many failed jobs are gone */
export async function clearJobs(em: EntityManager, actor: Actor, queue: Queue, search?: string): Promise<number> {
  const jobs = search
    ? await withEach(await jobsWith(queue, 'failed', search), job => job.remove())
    : (await queue.clean(0, AT_ONCE, 'failed')).length;
  if (jobs > 0) await note(em, actor, 'jobs.removed', { queue: queue.name, jobs });
  return jobs;
}
