import type { EntityManager } from '@mikro-orm/postgresql';
import type { QueueView } from '#contract/queues.ts';
import type { Producer } from '../platform/queue.ts';
import type { RedisClient } from '../platform/redis.ts';
import { callRoll } from './roll-call.ts';

/** A job that waits longer than this has too few workers, in ms. */
const LONG = 60_000;

type Figures = Omit<QueueView, 'lamp' | 'pausedBy' | 'perMinute'>;
/** A queue as it is now. */
export type QueueNow = Omit<QueueView, 'perMinute'>;

/** The worst that can be said of a queue. */
export function lampOf({ waiting, active, failed, paused, oldestWaitMs, workers }: Omit<Figures, 'name' | 'delayed'>): QueueView['lamp'] {
  if (workers === 0) return 'bad';
  if (paused || failed > 0 || (oldestWaitMs ?? 0) > LONG) return 'warn';
  return waiting + active > 0 ? 'busy' : 'ok';
}

async function figuresOf(producer: Producer, name: string, workers: number, now: number): Promise<Figures> {
  const queue = producer.queue(name);
  const [counts, paused, [oldest]] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
    queue.isPaused(),
    queue.getJobs(['waiting'], 0, 0, true),
  ]);
  const count = (state: string): number => counts[state] ?? 0;
  // One that was delayed has waited only since its time came.
  const since = oldest && Math.max(oldest.timestamp + (oldest.opts.delay ?? 0), oldest.processedOn ?? 0);
  return {
    name,
    waiting: count('waiting') + count('prioritized'),
    active: count('active'),
    delayed: count('delayed'),
    failed: count('failed'),
    paused,
    oldestWaitMs: since === undefined ? null : Math.max(0, Math.round(now - since)),
    workers,
  };
}

/** Who paused queues last, and when. */
async function pausersOf(em: EntityManager, queues: readonly string[]): Promise<ReadonlyMap<string, { name: string; at: string }>> {
  if (queues.length === 0) return new Map();
  const rows = await em.execute<{ queue: string; name: string; at: number }[]>(
    `select distinct on (facts->>'queue') facts->>'queue' as queue, actor_name as name, floor(extract(epoch from at) * 1000)::float8 as at
       from event where type = 'queue.paused' and facts->>'queue' in (?) order by facts->>'queue', at desc`,
    [queues],
  );
  return new Map(rows.map(({ queue, name, at }) => [queue, { name, at: new Date(at).toISOString() }]));
}

/** Every queue that a worker serves, or served last, by name. @throws RedisUnavailable */
export async function listQueues(em: EntityManager, { redis, producer }: { redis: RedisClient; producer: Producer }): Promise<QueueNow[]> {
  const { now, workers } = await callRoll(redis, producer.prefix);
  const names = [...workers.keys()].sort();
  const queues = await Promise.all(names.map(name => figuresOf(producer, name, workers.get(name) ?? 0, now)));
  const pausers = await pausersOf(
    em,
    queues.filter(({ paused }) => paused).map(({ name }) => name),
  );
  return queues.map(queue => ({ ...queue, pausedBy: pausers.get(queue.name) ?? null, lamp: lampOf(queue) }));
}
