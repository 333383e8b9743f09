import { type ConnectionOptions, DelayedError, type Job as QueuedJob, UnrecoverableError, Worker } from 'bullmq';
import { record } from '#server/events/record.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import type { Tally } from '#server/queues/tally.ts';
import { type Job, TryLater, type WorkTools } from './job.ts';

/** A worker that died is noticed after at most twice this, in ms; its jobs are then taken by others. */
const LOCK = 5000;
/** How many workers may die with a job before it counts as deadly. */
const DEATHS = 10;

/** For how many minutes BullMQ keeps how much was done. */
const REMEMBERED = 60;

const isLastTry = (job: QueuedJob, error: Error): boolean =>
  error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1);

/** Writes down that a job was given up. */
async function recordFailure({ orm, log }: WorkTools, queue: string, jobId: string, error: Error): Promise<void> {
  log.error({ err: error, queue, job: jobId }, 'job: given up');
  const facts = { queue, job: jobId, reason: error.message.slice(0, 500) };
  try {
    await orm.em.fork().transactional(em => {
      record(em, SYSTEM, 'job.failed', facts);
      return Promise.resolve();
    });
  } catch (cause) {
    log.error({ err: cause, queue, job: jobId }, 'job: that it was given up could not be written down');
  }
}

/** The work on one queue. */
export interface Work {
  worker: Worker;
  /** Resolves when no job is in hand. Redis is not asked, so it does so too while that stands still. */
  idle(): Promise<unknown>;
}

/** Runs the jobs of one queue. @param connection waits for Redis whenever that is away; it stays the caller's. */
export function startWorker(job: Job, queue: string, tools: WorkTools, connection: ConnectionOptions, tally: Tally): Work {
  const inHand = new Set<Promise<void>>();
  const worker = new Worker(
    queue,
    async (queued: QueuedJob, token, signal = new AbortController().signal) => {
      const run = job.run(queued.data, { ...tools, em: tools.orm.em.fork(), signal });
      inHand.add(run);
      const began = performance.now();
      const note = (failed: boolean): void => tally.note(job.id, performance.now() - began, failed);
      try {
        await run;
        note(false);
      } catch (error) {
        note(!(error instanceof TryLater));
        if (!(error instanceof TryLater)) throw error;
        await queued.moveToDelayed(Date.now() + error.ms, token);
        throw new DelayedError();
      } finally {
        inHand.delete(run);
      }
    },
    {
      connection,
      prefix: tools.producer.prefix,
      concurrency: job.concurrency,
      lockDuration: LOCK,
      stalledInterval: LOCK,
      maxStalledCount: DEATHS,
      metrics: { maxDataPoints: REMEMBERED },
    },
  );
  worker.on('error', error => tools.log.debug({ err: error, queue }, 'job: the queue cannot be reached')); // the connection warns, once
  worker.on('failed', (queued, error) => {
    if (!queued || isLastTry(queued, error)) void recordFailure(tools, queue, queued?.id ?? 'unknown', error);
    else tools.log.warn({ err: error, queue, job: queued.id, tries: queued.attemptsMade }, 'job: failed, and is tried again');
  });
  return { worker, idle: () => Promise.allSettled(inHand) };
}
