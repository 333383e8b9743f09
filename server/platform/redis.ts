import { createNodeRedisClient } from 'bullmq';
import { ErrorReply, createClient } from 'redis';
import { endsWithin } from './ends-within.ts';
import type { Log } from './log.ts';
import { Problem } from './problem.ts';
import { Refusal } from './refusal.ts';

/** The longest a request waits for Redis, in ms. */
const PATIENCE = 2000;
/** How long Redis may take to be there when we start, in ms. */
const FIRST_PATIENCE = 5000;
/** The longest pause between two tries to connect, in ms. */
const LONGEST_PAUSE = 2000;

export type RedisClient = ReturnType<typeof connect>;

/** Redis is away, or did not answer in time. What was asked may still be carried out later. */
export class RedisUnavailable extends Problem {
  override name = 'RedisUnavailable';
  constructor(detail: string, options?: ErrorOptions) {
    super('unavailable', { detail }, options);
  }
}

/**
 * A client that is not connected yet; it comes back by itself whenever Redis does.
 * @param url `redis://…`, `rediss://…` or `unix:/path`.
 * @param options `disableOfflineQueue`: refuse commands while Redis is away instead of keeping them for its return.
 */
export function connect(url: string, log: Pick<Log, 'warn'>, options: { disableOfflineQueue?: boolean } = {}) {
  const reconnectStrategy = (tries: number): number => Math.min(50 * 2 ** tries, LONGEST_PAUSE);
  const common = { ...options, commandsQueueMaxLength: 50_000 };
  const client = url.startsWith('unix:')
    ? createClient({ ...common, socket: { path: url.slice('unix:'.length), tls: false, reconnectStrategy } })
    : createClient({ ...common, url, socket: { reconnectStrategy } });
  // Without a listener the process ends. One line per outage, not one per try.
  let away = false;
  client.on('error', (error: Error) => {
    if (!away) log.warn({ err: error }, 'redis: connection lost');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.warn({}, 'redis: connected again');
    away = false;
  });
  return client;
}

/** Closes a connection after the answers under way. A Redis that is away or stands still gives none, and is not waited for. */
export async function hangUp(client: RedisClient): Promise<void> {
  if (!client.isOpen) return;
  const closed = client.isReady && (await endsWithin(PATIENCE, client.close()));
  if (!closed && client.isOpen) client.destroy();
}

/** BullMQ's adapter emits the client's errors again: it needs a listener of its own, also while no queue or worker uses it. */
function adapted(client: RedisClient) {
  const adapter = createNodeRedisClient(client);
  adapter.on('error', () => undefined); // logged by the client's own listener
  return adapter;
}

const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//');

/**
 * The connections of one process, connected.
 * `live` is for everything but jobs. `producer` refuses at once what cannot be queued now; `consumer` waits for Redis to come back.
 * @throws Refusal when Redis cannot be reached at first.
 */
export async function connections(url: string, log: Pick<Log, 'warn'>) {
  const live = connect(url, log);
  const producer = connect(url, log, { disableOfflineQueue: true });
  const consumer = connect(url, log);
  const all = [live, producer, consumer];
  const connected = Promise.all(all.map(client => client.connect()));
  if (!(await endsWithin(FIRST_PATIENCE, connected))) {
    for (const client of all) client.destroy();
    connected.catch(() => undefined); // they were given up
    throw new Refusal(`Redis does not answer at ${withoutPassword(url)}. Start it, or check REDIS_URL.`);
  }
  return {
    live,
    producer: adapted(producer),
    consumer: adapted(consumer),
    async close(): Promise<void> {
      await Promise.all(all.map(hangUp));
    },
  };
}

/**
 * Asks Redis where somebody waits for the answer: within 2 s it is there, or it failed.
 * @throws RedisUnavailable when Redis is away or silent. What Redis itself answered with an error passes through.
 */
export async function ask<T>(redis: RedisClient, question: (redis: RedisClient) => Promise<T>): Promise<T> {
  if (!redis.isReady) throw new RedisUnavailable('Redis is away');
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RedisUnavailable(`Redis did not answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    return await Promise.race([question(redis), silence]);
  } catch (error) {
    if (error instanceof RedisUnavailable || error instanceof ErrorReply) throw error;
    throw new RedisUnavailable('Redis could not be asked', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
