import { expect } from 'vitest';
import { createLog } from '#server/platform/log.ts';
import { Producer } from '#server/platform/queue.ts';
import { connections } from '#server/platform/redis.ts';
import { test } from '../live/own-redis.ts';

test('work is refused at once while Redis is away, and taken again when it is back', async ({ store }) => {
  const redis = await connections(store.url, createLog('silent'));
  const producer = new Producer(redis.producer);
  await producer.add('a-queue', {});
  await store.stop();
  for (const attempt of [
    () => producer.add('a-queue', {}),
    () => producer.add('another', {}),
    () => producer.addMany('a-queue', [{ payload: {} }]),
  ]) {
    const began = performance.now();
    await expect(attempt()).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(2500);
  }
  await store.start();
  await expect
    .poll(
      () =>
        producer.add('a-queue', {}).then(
          () => true,
          () => false,
        ),
      { timeout: 8000 },
    )
    .toBe(true);
  await producer.close();
  await redis.close();
});

test('a Redis that has lost its scripts takes many at once all the same', async ({ store }) => {
  const redis = await connections(store.url, createLog('silent'));
  const producer = new Producer(redis.producer);
  await producer.addMany('a-queue', [{ payload: {}, id: 'a' }]);
  await redis.live.sendCommand(['SCRIPT', 'FLUSH']);
  await producer.addMany('a-queue', [
    { payload: {}, id: 'b' },
    { payload: {}, id: 'c' },
  ]);
  expect(await producer.queue('a-queue').getJobCountByTypes('waiting')).toBe(3);
  await producer.close();
  await redis.close();
});

test('a row is in its queue once, and may come again when it is done', async ({ store }) => {
  const redis = await connections(store.url, createLog('silent'));
  const producer = new Producer(redis.producer);
  const queue = producer.queue('a-queue');
  const count = (): Promise<number> => queue.getJobCountByTypes('waiting');
  await producer.addMany('a-queue', [
    { payload: {}, id: 'row-1' },
    { payload: {}, id: 'row-2' },
  ]);
  await producer.add('a-queue', {}, { id: 'row-1' });
  expect(await count()).toBe(2);
  await queue.remove('row-1');
  await producer.add('a-queue', {}, { id: 'row-1' });
  expect(await count()).toBe(2);
  await producer.close();
  await redis.close();
});
