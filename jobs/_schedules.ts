import type { Producer } from '#server/platform/queue.ts';
import type { Schedule } from './job.ts';

/** Brings the schedules of a queue to what is wanted now; those of an earlier version that nobody wants any more end. */
export async function keepSchedules(producer: Producer, queueName: string, wanted: readonly Schedule[]): Promise<void> {
  const queue = producer.queue(queueName);
  const ids = new Set(wanted.map(({ id }) => id));
  for (const { key } of await queue.getJobSchedulers()) {
    if (!ids.has(key)) await queue.removeJobScheduler(key);
  }
  for (const { id, every, payload } of wanted) await queue.upsertJobScheduler(id, { every }, { name: queueName, data: payload });
}
