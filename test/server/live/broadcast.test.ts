import type { Counter, Gauge } from 'prom-client';
import { describe, expect } from 'vitest';
import type { Farewell } from '#contract/live.ts';
import type { Attendance } from '#server/platform/live/attendance.ts';
import { room } from '#server/platform/live/rooms.ts';
import { live } from '#server/platform/metrics.ts';
import { test as base } from '../../support/world.ts';
import { Sessions, type Site, connected, openSite, openTab, tcpOf } from './site.ts';

const sessions = new Sessions();
const test = base.extend('sites', { scope: 'file' }, async ({ redisUrl }, { onCleanup }) => {
  const sites: [Site, Site] = [
    await openSite(redisUrl, sessions, { attendance: 'none' }),
    await openSite(redisUrl, sessions, { attendance: 'none' }),
  ];
  onCleanup(async () => {
    await Promise.all(sites.map(site => site.stop()));
  });
  return sites;
});

/** What a metric counts, over all labels or those with this value. */
const count = async (metric: Counter | Gauge, label?: string): Promise<number> =>
  (await metric.get()).values
    .filter(({ labels }) => label === undefined || Object.values(labels).includes(label))
    .reduce((sum, { value }) => sum + value, 0);

const counts = async (): Promise<number[]> =>
  Promise.all([count(live.encodes), count(live.frames), count(live.deliveries, 'direct'), count(live.deliveries, 'queued')]);

/** Keeps no roster. */
const nobody: Attendance = {
  people: 0,
  silence: 0,
  arrived: () => undefined,
  here: () => undefined,
  heard: () => undefined,
  left: () => undefined,
  profileChanged: () => undefined,
  catchUp: () => [],
  received: () => true,
  listening: () => Promise.resolve(),
  showTo: () => undefined,
  moving: () => Promise.resolve(),
};

/** One that makes the payload of its WebSocket frame so many bytes long, Engine.IO's "4" included. */
const farewellOf = (bytes: number, delay: number): Farewell => {
  const farewell = { reason: 'moving' as const, delay, detail: '' };
  const empty = Buffer.byteLength(`42${JSON.stringify(['live:farewell', farewell])}`);
  return { ...farewell, detail: 'x'.repeat(bytes - empty) };
};

describe('a broadcast', () => {
  test('reaches the sockets of its room at every process, and nobody else', async ({ sites }) => {
    const queues = sessions.open({ permissions: ['queues.view'] });
    const nobody = sessions.open({ permissions: [] });
    const [a, b, outside] = await Promise.all([
      connected(openTab(sites[0].url, queues)),
      connected(openTab(sites[1].url, queues)),
      connected(openTab(sites[1].url, nobody)),
    ]);
    sites[0].broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving', delay: 1 });
    sites[1].broadcast.send(room.all, 'live:resync');
    await expect.poll(() => [a, b, outside].map(tab => tab.of('live:resync').length)).toEqual([1, 1, 1]);
    expect(a.heard).toContainEqual(['live:farewell', { reason: 'moving', delay: 1 }]);
    expect(b.heard).toContainEqual(['live:farewell', { reason: 'moving', delay: 1 }]);
    expect(outside.of('live:farewell')).toEqual([]);
    for (const tab of [a, b, outside]) tab.socket.close();
  });

  test('is encoded once and framed once per process, however many listen, and goes straight to TCP', async ({ sites }) => {
    const session = sessions.open({ permissions: ['queues.view'] });
    const tabs = await Promise.all(Array.from({ length: 8 }, (_, i) => connected(openTab(sites[i % 2 === 0 ? 0 : 1].url, session))));
    const before = await counts();
    sites[0].broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving' });
    await expect.poll(() => tabs.filter(tab => tab.of('live:farewell').length === 1).length).toBe(8);
    expect((await counts()).map((now, i) => now - (before[i] ?? 0))).toEqual([1, 2, 8, 0]);
    expect(await count(live.directPath)).toBe(1);
    for (const tab of tabs) tab.socket.close();
  });

  test('of encoded snapshots is one array as they are, the newest of each, the first at once and the rest of 50 ms together', async ({
    sites,
  }) => {
    const tab = await connected(openTab(sites[1].url, sessions.open({ permissions: ['overview.view'] })));
    const stale: unknown[] = [];
    sites[1].live.on('widgets', changed => stale.push(...changed));
    const snapshot = (id: string, version: number) => ({
      id,
      version,
      text: `{"id":"${id}","view":"text","version":${version},"data":"é\u2028 ,"}`,
    });
    const send = (...snapshots: [string, number][]) =>
      sites[0].broadcast.widgets(
        room.may('overview.view'),
        snapshots.map(([id, version]) => snapshot(id, version)),
      );
    send(['orders', 1]);
    send(['orders', 3], ['income', 1]);
    send(['orders', 2]);
    await expect.poll(() => tab.of('widgets:refreshed').length).toBe(2);
    const shown = tab
      .of('widgets:refreshed')
      .map(argument => (argument as { id: string; version: number; data: string }[]).map(({ id, version, data }) => [id, version, data]));
    expect(shown).toEqual([
      [['orders', 1, 'é\u2028 ,']],
      [
        ['orders', 3, 'é\u2028 ,'],
        ['income', 1, 'é\u2028 ,'],
      ],
    ]);
    expect(stale).toEqual([
      { id: 'orders', version: 1 },
      { id: 'orders', version: 3 },
      { id: 'income', version: 1 },
    ]);
    tab.socket.close();
  });

  test('of snapshots costs a page nothing that shows none of them, and misses nothing once the page is heard', async ({ sites }) => {
    const session = sessions.open({ permissions: ['overview.view', 'queues.view'] });
    const [quiet, rest] = await Promise.all([connected(openTab(sites[0].url, session)), connected(openTab(sites[0].url, session))]);
    const watch = (...ids: string[]) => quiet.socket.emitWithAck('widgets:watched', ids);
    const send = async (right: 'overview.view' | 'queues.view', id: string, version: number): Promise<void> => {
      sites[1].broadcast.widgets(room.may(right), [{ id, version, text: JSON.stringify({ id, version }) }]);
      await expect.poll(() => rest.of('widgets:refreshed').flat()).toContainEqual({ id, version }); // it was delivered by then
    };
    await watch('orders');
    await send('queues.view', 'queues', 1);
    await send('overview.view', 'orders', 1);
    expect(quiet.of('widgets:refreshed')).toEqual([[{ id: 'orders', version: 1 }]]);
    await watch('orders', 'queues');
    await send('queues.view', 'queues', 2);
    await expect.poll(() => quiet.of('widgets:refreshed').length).toBe(2);
    for (const tab of [quiet, rest]) tab.socket.close();
  });

  test('arrives in order through both ways mixed, whatever its length, from the handshake on', async ({ redisUrl }) => {
    const sent: Farewell[] = [];
    let deliver: (packet: string) => void = () => undefined;
    const send = (farewell: Farewell): void => {
      sent.push(farewell);
      deliver(`2${JSON.stringify(['live:farewell', farewell])}`);
    };
    const round = (): void => {
      for (const size of [124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537]) send(farewellOf(size, sent.length));
      send({ reason: 'moving', detail: '語🚢'.repeat(10_000), delay: sent.length });
    };
    const attendance: Attendance = {
      ...nobody,
      showTo: given => (deliver = given),
      // The tick of its CONNECT: Socket.IO's own packet is on its way still, so that all of these have to queue behind it.
      arrived: () => {
        round();
        setImmediate(round);
      },
    };
    const site = await openSite(redisUrl, sessions, { attendance, prefix: 'mixed:' });
    const before = await counts();
    const tab = await connected(openTab(site.url, sessions.open()));
    await expect.poll(() => tab.of('live:farewell').length).toBe(18);
    round();
    await expect.poll(() => tab.of('live:farewell').length).toBe(27);
    expect(tab.of('live:farewell')).toEqual(sent);
    const [, , direct = 0, queued = 0] = (await counts()).map((now, i) => now - (before[i] ?? 0));
    expect(queued).toBeGreaterThanOrEqual(9);
    expect(direct).toBeGreaterThanOrEqual(9);
    expect(direct + queued).toBe(27);
    await site.stop();
  });

  test('is not queued without end for a reader that is too slow: it reads again once it has caught up', async ({ sites }) => {
    const [site] = sites;
    const session = sessions.open({ permissions: ['queues.view'] });
    const [slow, quick] = [await connected(openTab(site.url, session)), await connected(openTab(site.url, session))];
    tcpOf(slow).pause();
    const packets = 400;
    for (let i = 0; i < packets; i += 1) {
      site.broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving', delay: i, detail: 'x'.repeat(30_000) });
      await expect.poll(() => quick.of('live:farewell').length, { interval: 1 }).toBe(i + 1);
    }
    expect(quick.of('live:resync')).toEqual([]);
    tcpOf(slow).resume();
    await expect.poll(() => slow.of('live:resync').length).toBe(1);
    const heard = slow.of('live:farewell').map(farewell => (farewell as Farewell).delay);
    expect(heard.length).toBeLessThan(packets);
    expect(heard).toEqual(heard.map((_, i) => i));
    site.broadcast.send(room.may('queues.view'), 'live:farewell', { reason: 'moving', delay: -1 });
    await expect.poll(() => slow.heard.at(-1)).toEqual(['live:farewell', { reason: 'moving', delay: -1 }]);
    for (const tab of [slow, quick]) tab.socket.close();
  });
});
