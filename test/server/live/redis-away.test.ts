import { describe, expect } from 'vitest';
import { room } from '#server/platform/live/rooms.ts';
import { Broadcast } from '#server/platform/live/broadcast.ts';
import { connect } from '#server/platform/redis.ts';
import { test } from './own-redis.ts';
import { Sessions, connected, log, openSite, openTab } from './site.ts';

describe('while Redis is away', () => {
  test('sockets stay, sending neither throws nor waits, and when it is back browsers read again and hear what follows', async ({
    store,
  }) => {
    const sessions = new Sessions();
    const site = await openSite(store.url, sessions);
    let regained = 0;
    site.live.on('regained', () => (regained += 1));
    const tab = await connected(openTab(site.url, sessions.open({ permissions: ['queues.view'] })));
    await store.stop();
    site.broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving' });
    site.broadcast.widgets(room.may('queues.view'), [{ id: 'queues', version: 1, text: '{}' }]);
    await site.broadcast.flush();
    expect(tab.socket.connected).toBe(true);
    await store.start();
    await expect.poll(() => tab.of('live:resync').length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(regained).toBe(1);
    await expect
      .poll(() => {
        site.broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving', delay: 7 });
        return tab.of('live:farewell').at(-1);
      })
      .toEqual({ reason: 'moving', delay: 7 });
    await site.stop();
  });

  test('pages are told at once that nothing new can come, and since when, until it can again', async ({ store }) => {
    const sessions = new Sessions();
    const site = await openSite(store.url, sessions);
    const tab = await connected(openTab(site.url, sessions.open()));
    const beats: [at: number, heldSince?: number][] = [];
    tab.socket.on('live:beat', (...said: [number, number?]) => beats.push(said));
    await expect.poll(() => beats.length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(beats.at(-1)).toHaveLength(1);
    const before = Date.now();
    await store.stop();
    await expect.poll(() => beats.at(-1)?.[1] ?? 0).toBeGreaterThanOrEqual(before);
    await store.start();
    await expect.poll(() => beats.at(-1)?.length, { timeout: 8000 }).toBe(1);
    await site.stop();
  });

  test('a sender that alone lost its connection has browsers read again, since nobody else knows that something is missing', async ({
    store,
    redis,
  }) => {
    void redis;
    const sessions = new Sessions();
    const site = await openSite(store.url, sessions, { attendance: 'none' });
    const worker = connect(store.url, log);
    await worker.connect();
    const broadcast = new Broadcast(worker, { prefix: sessions.prefix, log });
    const tab = await connected(openTab(site.url, sessions.open({ permissions: ['queues.view'] })));
    const id = await worker.clientId();
    const operator = connect(store.url, log);
    await operator.connect();
    const gone = new Promise(resolve => worker.once('reconnecting', resolve)); // it is back within moments
    await operator.sendCommand(['CLIENT', 'KILL', 'ID', String(id)]);
    await gone;
    broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving' });
    await expect.poll(() => tab.of('live:resync').length).toBe(1);
    expect(tab.of('live:farewell')).toEqual([]);
    for (const client of [worker, operator]) client.destroy();
    await site.stop();
  });

  test('a Redis that stands still fills no memory: what is too much is dropped, and made good by reading again', async ({ store }) => {
    const sessions = new Sessions();
    const site = await openSite(store.url, sessions, { attendance: 'none' });
    const operator = connect(store.url, log);
    await operator.connect();
    const tab = await connected(openTab(site.url, sessions.open({ permissions: ['queues.view'] })));
    await operator.sendCommand(['CLIENT', 'PAUSE', '500', 'ALL']);
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let i = 0; i < 20; i += 1)
      site.broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving', detail: megabyte, delay: i });
    await expect.poll(() => tab.of('live:resync').length, { timeout: 5000 }).toBeGreaterThan(0);
    const heard = tab.of('live:farewell').length;
    expect(heard).toBeLessThan(10);
    operator.destroy();
    await site.stop();
  });
});
