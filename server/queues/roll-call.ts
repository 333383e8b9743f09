import { type RedisClient, ask } from '../platform/redis.ts';

/** How long a worker counts as alive after it was last heard of, in ms. */
const SILENCE = 15_000;

const keyOf = (prefix: string): string => `${prefix}:workers`;

/** Notes who works and at which queues, by Redis' clock. The dead are struck off: the living know the queues as well as they did. */
const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HGETALL', KEYS[1])
for i = 1, #known, 2 do
  local at = tonumber(string.match(known[i + 1], '^%d+'))
  if at < now - tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], known[i]) end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])`;

/** Says that a worker is alive and which queues it serves; to be said every 5 s. @throws RedisUnavailable */
export async function sayAlive(redis: RedisClient, prefix: string, workerId: string, queues: readonly string[]): Promise<void> {
  const keys = [keyOf(prefix)];
  await ask(redis, client => client.eval(BEAT, { keys, arguments: [workerId, queues.join(' '), String(SILENCE)] }));
}

/** Says that a worker works no longer; its queues stay known until another one is heard. @throws RedisUnavailable */
export async function sayGone(redis: RedisClient, prefix: string, workerId: string, queues: readonly string[]): Promise<void> {
  await ask(redis, client => client.hSet(keyOf(prefix), workerId, `0 ${queues.join(' ')}`));
}

export interface RollCall {
  /** Redis' clock, in ms. */
  now: number;
  /** The workers alive that serve a queue, by its name; 0 for one that nobody serves now. */
  workers: Map<string, number>;
}

/** @throws RedisUnavailable */
export async function callRoll(redis: RedisClient, prefix: string): Promise<RollCall> {
  const [time, known] = await ask(redis, client => Promise.all([client.sendCommand<string[]>(['TIME']), client.hGetAll(keyOf(prefix))]));
  const now = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
  const workers = new Map<string, number>();
  for (const entry of Object.values(known)) {
    const [at, ...queues] = entry.split(' ');
    const alive = Number(at) >= now - SILENCE ? 1 : 0;
    for (const queue of queues) workers.set(queue, (workers.get(queue) ?? 0) + alive);
  }
  return { now, workers };
}
