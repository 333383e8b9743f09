import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from 'redis';
import { findRedis } from '#server/embedded/find-redis.ts';
import { Postgres } from '#server/embedded/postgres.ts';
import { Redis } from '#server/embedded/redis.ts';
import { Refusal } from '#server/platform/refusal.ts';

/** The PostgreSQL and the Redis that everything compared uses. */
export interface Stores {
  /** Of a database in which new ones may be made. */
  databaseUrl: string;
  redisUrl: string;
  /** A folder that is removed in the end. */
  dir: string;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '']);

/** A benchmark loads what it is pointed at as hard as it can, and fills it with invented people: only on this very machine. */
export function demandLoopback(variable: string, url: string): string {
  if (url.startsWith('unix:/')) return url;
  if (!URL.canParse(url)) throw new Refusal(`${variable} is not a URL.`);
  if (!LOOPBACK.has(new URL(url).hostname))
    throw new Refusal(`${variable} must name this machine (127.0.0.1, localhost, [::1]): it is put under load.`);
  return url;
}

/** What node-redis wants for a URL of ours, which may also be `unix:/path`. */
export const redisOptions = (url: string) =>
  url.startsWith('unix:') ? { socket: { path: url.slice('unix:'.length), tls: false as const } } : { url };

async function demandEmpty(url: string): Promise<void> {
  const client = createClient(redisOptions(url));
  await client.connect();
  try {
    if ((await client.dbSize()) > 0) throw new Refusal('BENCH_REDIS_URL must name an empty Redis: all that is in it is removed.');
  } finally {
    await client.close();
  }
}

function startRedis(dir: string, cleanup: AsyncDisposableStack): Promise<Redis> {
  const binary = findRedis('.data/redis-server', console.error);
  const own = new Redis(binary, dir, { appendonly: 'yes' }); // as the product is deployed: kept on disk every second
  cleanup.defer(() => own.stop());
  return own.start();
}

/** For a second product, since on one Redis the two would hear each other; or for one whose Redis is to be stopped. */
export const anotherRedis = async ({ stores, cleanup }: { stores: Stores; cleanup: AsyncDisposableStack }): Promise<Redis> =>
  startRedis(await mkdtemp(path.join(stores.dir, 'redis-')), cleanup);

async function redis(dir: string, cleanup: AsyncDisposableStack): Promise<string> {
  const given = process.env.BENCH_REDIS_URL;
  if (given === undefined) return (await startRedis(path.join(dir, 'redis'), cleanup)).url;
  const url = demandLoopback('BENCH_REDIS_URL', given);
  await demandEmpty(url);
  return url;
}

async function database(dir: string, cleanup: AsyncDisposableStack): Promise<string> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given !== undefined) return demandLoopback('BENCH_DATABASE_URL', given);
  const own = new Postgres({ dataDir: path.join(dir, 'postgres') });
  cleanup.defer(() => own.stop());
  return (await own.start()).url('postgres');
}

/** Uses `BENCH_DATABASE_URL` and `BENCH_REDIS_URL`, or starts stores of its own in a temporary folder; `cleanup` takes all away again. */
export async function startStores(cleanup: AsyncDisposableStack): Promise<Stores> {
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
  cleanup.defer(() => rm(dir, { recursive: true, force: true }));
  return { dir, databaseUrl: await database(dir, cleanup), redisUrl: await redis(dir, cleanup) };
}
