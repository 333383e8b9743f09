import { Queue } from 'bullmq';
import { describe, expect } from 'vitest';
import { RedisUnavailable, ask, connect, connections } from '#server/platform/redis.ts';
import { test } from '../live/own-redis.ts';
import { log } from '../live/site.ts';

describe('asking Redis', () => {
  test('fails with a code within about two seconds when it stands still', async ({ store }) => {
    const client = connect(store.url, log);
    await client.connect();
    await client.sendCommand(['CLIENT', 'PAUSE', '4000', 'ALL']);
    const from = performance.now();
    await expect(ask(client, redis => redis.get('a'))).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - from).toBeLessThan(2500);
    client.destroy();
  });

  test('fails at once while it is away, and works again by itself when it is back', async ({ store }) => {
    const client = connect(store.url, log);
    await client.connect();
    await store.stop();
    await expect.poll(() => client.isReady).toBe(false);
    const from = performance.now();
    await expect(ask(client, redis => redis.get('a'))).rejects.toThrow(RedisUnavailable);
    expect(performance.now() - from).toBeLessThan(100);
    await store.start();
    await expect.poll(() => ask(client, redis => redis.set('a', '1')).catch(() => 'away'), { timeout: 5000 }).toBe('OK');
    client.destroy();
  });

  test('passes on what Redis itself refuses', async ({ store }) => {
    const client = connect(store.url, log);
    await client.connect();
    await client.set('a', 'text');
    await expect(ask(client, redis => redis.hGet('a', 'b'))).rejects.toThrow(/WRONGTYPE/);
    client.destroy();
  });
});

describe('the connections of a process', () => {
  test('survive an outage: the producer refuses at once, and closing does not wait for Redis', async ({ store }) => {
    const shared = await connections(store.url, log);
    const queue = new Queue('work', { connection: shared.producer });
    queue.on('error', () => undefined);
    await queue.add('job', {});
    await store.stop();
    await expect.poll(() => shared.live.isReady).toBe(false);
    await expect(queue.add('job', {})).rejects.toThrow();
    const from = performance.now();
    await shared.close();
    expect(performance.now() - from).toBeLessThan(500);
  });
});
