import { randomUUID } from 'node:crypto';
import { describe, expect, vi } from 'vitest';
import { Neighbours } from '#server/presence/Neighbours.ts';
import { Store } from '#server/presence/Store.ts';
import { TIMING } from '#server/presence/timing.ts';
import { test } from '../../support/world.ts';

const LEASE = 15_000;

describe('watching over other processes', () => {
  test('judges nobody while they may still be coming back after an outage, and takes out the dead afterwards', async ({ redis }) => {
    const prefix = `test:${randomUUID()}:`;
    const store = new Store(redis, prefix);
    const failed: unknown[] = [];
    const neighbours = new Neighbours(store, TIMING, error => failed.push(error));
    await store.write('dead', [[randomUUID(), '1\nonline\n1\n1\n0\n\n1\n"name":"Ada","roles":[]']], true, 0, LEASE);
    await redis.del(`${prefix}presence:lease:dead`);
    const others = async () => (await store.beat('self', 0, LEASE)).others;
    expect(await others()).toEqual([{ id: 'dead', standing: 'here', left: -2 }]);

    neighbours.judgeFrom(performance.now() + 60_000);
    const seen = await others();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    neighbours.watch(seen);
    expect(vi.getTimerCount()).toBe(0); // nothing is going to happen
    vi.useRealTimers();
    neighbours.judgeFrom(performance.now());
    neighbours.watch(await others());
    await expect.poll(others).toEqual([]);
    expect(failed).toEqual([]);
  });

  test('does not wait for the next beat when a lease ends', async ({ redis }) => {
    const prefix = `test:${randomUUID()}:`;
    const store = new Store(redis, prefix);
    const neighbours = new Neighbours(store, TIMING, error => expect.fail(String(error)));
    await store.write('dying', [], true, 0, 300);
    neighbours.watch((await store.beat('self', 0, LEASE)).others);
    await expect.poll(() => redis.hKeys(`${prefix}presence:processes`), { interval: 10 }).toEqual([]);
    neighbours.stop();
  });
});
