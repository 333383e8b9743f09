import type { SnapshotText } from '../platform/live/broadcast.ts';
import { PREFIX } from '../platform/live/wire.ts';
import { type RedisClient, ask } from '../platform/redis.ts';
import { toldInEach } from '../words/told.ts';
import { sayStored } from '../words/say.ts';

const keyOf = (widgetId: string): string => `${PREFIX}widget:${widgetId}`;

/** Milliseconds by Redis' clock; a version that grows also where two builds fall into one of them. */
const NEXT_VERSION = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local version = string.format('%.0f', math.max(now, (tonumber(before.version) or 0) + 1))`;

/**
 * What is stored. A load that began later and is stored already outdates this one, which then changes nothing. Figures of another view
 * are those of another widget, which this one replaces.
 */
const BEFORE = `
local stored = redis.call('HMGET', KEYS[1], 'version', 'builtAt', 'data', 'failingSince', 'view')
local view = ARGV[#ARGV]
local same = not stored[5] or stored[5] == view
local before = { version = stored[1], builtAt = same and stored[2], data = same and stored[3], failingSince = same and stored[4] }
local began = tonumber(ARGV[2])
if before.builtAt and tonumber(before.builtAt) > began then return {} end`;

const STORE = `${BEFORE}
local data, resend = ARGV[3], tonumber(ARGV[4])
if before.data == data and not before.failingSince and began - before.builtAt < resend then return {} end
${NEXT_VERSION}
local text = ARGV[1] .. version .. ',"builtAt":' .. ARGV[2] .. ',"data":' .. data .. '}'
redis.call('HSET', KEYS[1], 'version', version, 'builtAt', ARGV[2], 'data', data, 'text', text, 'view', view)
redis.call('HDEL', KEYS[1], 'failingSince')
return { version, text }`;

const STORE_FAILURE = `${BEFORE}
${NEXT_VERSION}
local since = before.failingSince or string.format('%.0f', now)
local good = before.data and ',"builtAt":' .. before.builtAt .. ',"data":' .. before.data or ''
local failure = '{"at":' .. string.format('%.0f', now) .. ',"reason":' .. ARGV[3] .. ',"since":' .. since .. '}'
local text = ARGV[1] .. version .. good .. ',"failure":' .. failure .. '}'
redis.call('HSET', KEYS[1], 'version', version, 'failingSince', since, 'text', text, 'view', view)
if not same then redis.call('HDEL', KEYS[1], 'builtAt', 'data') end
return { version, text }`;

interface Build {
  id: string;
  view: string;
  /** When its load began, in ms of Redis' clock. */
  began: number;
}

/** Milliseconds by the clock that versions are made of. @throws RedisUnavailable */
export async function redisNow(redis: RedisClient): Promise<number> {
  const [secs, micros] = await ask(redis, client => client.sendCommand<string[]>(['TIME']));
  return Number(secs) * 1000 + Math.floor(Number(micros) / 1000);
}

async function run(redis: RedisClient, script: string, { id, view, began }: Build, ...rest: string[]): Promise<SnapshotText | undefined> {
  const head = `${JSON.stringify({ id, view }).slice(0, -1)},"version":`;
  const answer = await ask(redis, client => client.eval(script, { keys: [keyOf(id)], arguments: [head, String(began), ...rest, view] }));
  const [version, text] = answer as string[];
  return version === undefined || text === undefined ? undefined : { id, version: Number(version), text };
}

/**
 * Stores new figures.
 * @param data JSON, by the schema of the view.
 * @param resend figures that did not change are left as they are until they are older than so many ms.
 * @returns what to send; nothing when a later load has been here, or nothing changed.
 * @throws RedisUnavailable
 */
export const storeFigures = (redis: RedisClient, build: Build, data: string, resend: number): Promise<SnapshotText | undefined> =>
  run(redis, STORE, build, data, String(resend));

/** Stores that a build failed, beside the last good figures. @returns what to send @throws RedisUnavailable */
export const storeFailure = (redis: RedisClient, build: Build, reason: string): Promise<SnapshotText | undefined> =>
  run(redis, STORE_FAILURE, build, JSON.stringify(toldInEach(() => sayStored(reason))));

/** What is stored of these widgets. @throws RedisUnavailable */
export async function readSnapshots(redis: RedisClient, ids: readonly string[]): Promise<Map<string, SnapshotText>> {
  const stored = await ask(redis, client => Promise.all(ids.map(id => client.hmGet(keyOf(id), ['version', 'text']))));
  return new Map(
    ids.flatMap((id, index) => {
      const [version, text] = stored[index] ?? [];
      return version && text ? [[id, { id, version: Number(version), text }]] : [];
    }),
  );
}

/** Whether this caller is the first to tell that a widget fails, or (`over`) that it does no longer. */
export async function firstToTell(redis: RedisClient, id: string, over: boolean): Promise<boolean> {
  return ask(redis, async client => (over ? await client.hDel(keyOf(id), 'told') : await client.hSetNX(keyOf(id), 'told', '1')) === 1);
}
