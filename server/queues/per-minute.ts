import type { Queue } from 'bullmq';

/** How far back it is shown, in minutes. */
const MINUTES = 15;
const MINUTE = 60_000;

/** What BullMQ counts of a queue: `data` holds whole minutes, the latest first; what came after them is `count - meta.prevCount`. */
export interface Counted {
  meta: { count: number; prevTS: number; prevCount: number };
  data: readonly number[];
}

/**
 * How many jobs ended in each of the last minutes, the oldest first. BullMQ moves on only when a job ends: since then nothing did.
 * @param now in ms
 */
export function perMinute({ meta, data }: Counted, now: number, minutes = MINUTES): number[] {
  if (!meta.prevTS) return Array<number>(minutes).fill(0);
  const counting = Math.floor(meta.prevTS / MINUTE);
  const open = meta.count - meta.prevCount;
  return Array.from({ length: minutes }, (_, at) => {
    const back = counting - (Math.floor(now / MINUTE) - (minutes - 1 - at));
    if (back === 0) return open;
    return back > 0 ? (data[back - 1] ?? 0) : 0;
  });
}

/** @param now in ms @throws Error when Redis cannot be asked */
export async function throughputOf(queue: Queue, now: number): Promise<number[]> {
  const both = await Promise.all([queue.getMetrics('completed', 0, MINUTES), queue.getMetrics('failed', 0, MINUTES)]);
  const [completed = [], failed = []] = both.map(counted => perMinute({ ...counted, data: counted.data.map(Number) }, now));
  return completed.map((count, at) => count + (failed[at] ?? 0));
}
