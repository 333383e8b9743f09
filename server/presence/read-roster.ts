import type { RosterSnapshot } from '#contract/presence.ts';
import type { RedisClient } from '../platform/redis.ts';
import { snapshotOf } from './Roster.ts';
import { Store } from './Store.ts';

/**
 * Who has the admin area open, asked of Redis: for a process without sockets.
 * @throws RedisUnavailable when that cannot be known now.
 */
export const readRoster = async (redis: RedisClient, prefix?: string): Promise<RosterSnapshot> =>
  snapshotOf(await new Store(redis, prefix).read());
