import type { Log } from '#server/platform/log.ts';
import type { Producer } from '#server/platform/queue.ts';
import type { RedisClient } from '#server/platform/redis.ts';
import type { Schedule } from './job.ts';

/** How soon what could not be brought back is tried again, in ms. */
const AGAIN = 2000;

/** Brings the schedules of a queue to what is wanted now; those of an earlier version that nobody wants any more end. */
export async function keepSchedules(producer: Producer, queueName: string, wanted: readonly Schedule[]): Promise<void> {
  const queue = producer.queue(queueName);
  const ids = new Set(wanted.map(({ id }) => id));
  for (const { key } of await queue.getJobSchedulers()) {
    if (!ids.has(key)) await queue.removeJobScheduler(key);
  }
  for (const { id, every, payload } of wanted) await queue.upsertJobScheduler(id, { every }, { name: queueName, data: payload });
}

/**
 * Keeps something again whenever Redis has come back, which may have lost it: schedules live there alone.
 * @returns what ends it
 */
export function keepThroughOutages(redis: RedisClient, keep: () => Promise<void>, log: Pick<Log, 'debug'>): () => void {
  let isDue = false;
  const renew = async (): Promise<void> => {
    if (!isDue) return;
    isDue = false;
    await keep().catch((error: unknown) => {
      isDue = true;
      log.debug({ err: error }, 'schedules: could not be brought back yet');
    });
  };
  const back = (): void => void (isDue = true);
  redis.on('ready', back);
  const timer = setInterval(() => void renew(), AGAIN);
  return () => {
    clearInterval(timer);
    redis.off('ready', back);
  };
}
