import path from 'node:path';
import type { CompleteEnv, Env } from '../env.ts';
import { keep } from '../platform/keep.ts';
import type { Log } from '../platform/log.ts';
import { keepSecretKey, takeDataFolder } from './data-folder.ts';
import { findRedis } from './find-redis.ts';
import { Postgres } from './postgres.ts';
import { Redis } from './redis.ts';

/**
 * Brings what the environment does not give: PostgreSQL, Redis and the secret key, all under the data folder, which is then ours alone.
 * @param stack gets what stops them; whoever has it disposes of it, also when this throws half-way.
 * @param say told, in a line, about what takes long.
 */
export async function bringStores(env: Env, stack: AsyncDisposableStack, log: Log, say: (line: string) => void): Promise<CompleteEnv> {
  let { databaseUrl, redisUrl } = env;
  if (!databaseUrl || !redisUrl) stack.defer(takeDataFolder(env.dataDir));
  if (!redisUrl) {
    const binary = findRedis(path.join(env.dataDir, 'redis-server'), say);
    const redis = new Redis(binary, path.join(env.dataDir, 'redis'), { appendonly: 'yes' });
    stack.defer(await keep('Redis', redis, log));
    redisUrl = redis.url;
  }
  if (!databaseUrl) {
    const postgres = new Postgres({ dataDir: path.join(env.dataDir, 'postgres') });
    stack.defer(await keep('PostgreSQL', postgres, log));
    databaseUrl = postgres.url('quarterdeck');
  }
  return { ...env, databaseUrl, redisUrl, secretKey: env.secretKey ?? keepSecretKey(env.dataDir) };
}
