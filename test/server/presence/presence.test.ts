import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { presence as metrics } from '#server/platform/metrics.ts';
import { connect } from '#server/platform/redis.ts';
import { Presence } from '#server/presence/Presence.ts';
import { readRoster } from '#server/presence/read-roster.ts';
import { test } from '../live/own-redis.ts';
import { Sessions, type Site, connected, log, openSite, openTab } from '../live/site.ts';
import { changes, enter, roster, shown, strange } from './watching.ts';

/** As the product has it, but a tenth as long. */
const timing = { lease: 1500, beat: 500, doubt: 900, grace: 500, silence: 12_000, settle: 400, sweep: 50 };

const value = async (metric: (typeof metrics)['broadcasts']): Promise<number> => (await metric.get()).values[0]?.value ?? 0;

describe('who is online', () => {
  test('is seen at every process as people come, go idle, move about and leave', async ({ redisUrl, redis }) => {
    const sessions = new Sessions();
    const [here, there] = [await openSite(redisUrl, sessions, { timing }), await openSite(redisUrl, sessions, { timing })];
    const watcher = await enter(there, sessions);
    const ada = await enter(here, sessions);
    await expect.poll(() => shown(watcher.tab)).toEqual({ [watcher.id]: 'online', [ada.id]: 'online' });
    ada.tab.socket.emit('presence:here', { away: true, page: '/staff' });
    await expect.poll(() => shown(watcher.tab)[ada.id]).toBe('away');
    expect(roster(there).people.find(({ id }) => id === ada.id)).toMatchObject({ state: 'away', page: '/staff' });
    expect(await readRoster(redis, sessions.prefix)).toEqual(roster(there));
    ada.tab.socket.close();
    await expect.poll(() => shown(watcher.tab)).toEqual({ [watcher.id]: 'online' });
    expect(roster(here)).toEqual(roster(there));
    await Promise.all([here.stop(), there.stop()]);
  });

  test('is told to nobody without the right to see it', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions, { timing });
    const blind = await connected(openTab(site.url, sessions.open({ permissions: ['dashboard.view'] })));
    const seeing = await enter(site, sessions);
    await expect.poll(() => Object.keys(shown(seeing.tab))).toHaveLength(2);
    expect(blind.heard).toEqual([]);
    await site.stop();
  });

  test('is sent to who comes back as what they missed, and not at all if that is nothing', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions, { timing });
    const watcher = await enter(site, sessions);
    for (let i = 0; i < 5; i += 1) await enter(site, sessions);
    await expect.poll(() => Object.keys(shown(watcher.tab))).toHaveLength(6);
    const { epoch, version } = roster(site);
    const same = await connected(openTab(site.url, watcher.session, { auth: { epoch, version } }));
    const behind = await connected(openTab(site.url, watcher.session, { auth: { epoch, version: version - 1 } }));
    const stranger = await connected(openTab(site.url, watcher.session, { auth: { epoch: 'x'.repeat(5000), version: {} } }));
    await expect.poll(() => stranger.of('presence:roster')).toEqual([roster(site)]);
    expect(behind.heard).toEqual([['presence:changed', expect.objectContaining({ epoch, version })]]);
    expect(same.heard).toEqual([]);
    await site.stop();
  });

  test('costs no packet and next to no bytes when everybody drops and returns within the grace, half of them elsewhere', async ({
    redisUrl,
  }) => {
    const sessions = new Sessions();
    const patient = { ...timing, grace: 5000 };
    const sites = [
      await openSite(redisUrl, sessions, { timing: patient }),
      await openSite(redisUrl, sessions, { timing: patient }),
    ] as const;
    const crowd = await Promise.all(Array.from({ length: 40 }, () => enter(sites[0], sessions)));
    const [first] = crowd;
    if (!first) throw new Error('forty came');
    for (const [i, { tab }] of crowd.entries()) tab.socket.emit('presence:here', { away: i % 3 === 0, page: '/dashboard' });
    await expect.poll(() => roster(sites[0]).people.filter(({ page }) => page === '/dashboard').length).toBe(40);
    await expect.poll(() => roster(sites[1]).version).toBe(roster(sites[0]).version);
    const { epoch, version } = roster(sites[0]);
    const before = { broadcasts: await value(metrics.broadcasts), rows: roster(sites[0]).people };
    for (const { tab } of crowd) tab.socket.close();
    const back = await Promise.all(
      crowd.map(({ session }, i) => connected(openTab(sites[i % 2 === 0 ? 0 : 1].url, session, { auth: { epoch, version } }))),
    );
    for (const [i, tab] of back.entries()) tab.socket.emit('presence:here', { away: i % 3 === 0, page: '/dashboard' });
    // A change that is made after all this arrives after it.
    const late = await enter(sites[1], sessions);
    await expect.poll(() => back.map(tab => shown(tab)[late.id])).toEqual(Array(40).fill('online'));
    expect((await value(metrics.broadcasts)) - before.broadcasts).toBe(1);
    expect(back.map(tab => tab.heard.length)).toEqual(Array(40).fill(1));
    expect(roster(sites[0]).people.filter(({ id }) => id !== late.id)).toEqual(before.rows);
    await Promise.all(sites.map(site => site.stop()));
  });

  test('does not change when a process stops as planned and its people arrive at another', async ({ redisUrl, redis }) => {
    const sessions = new Sessions();
    const [old, young] = [await openSite(redisUrl, sessions, { timing }), await openSite(redisUrl, sessions, { timing })];
    const watcher = await enter(young, sessions);
    const ada = await enter(old, sessions);
    await expect.poll(() => Object.keys(shown(watcher.tab))).toHaveLength(2);
    const told = watcher.tab.heard.length;
    await old.stop();
    expect(ada.tab.of('live:farewell')).toEqual([{ reason: 'moving', delay: expect.any(Number) as number }]);
    await connected(openTab(young.url, ada.session));
    await expect.poll(() => young.presence?.people).toBe(2);
    await expect.poll(() => redis.hLen(`${sessions.prefix}presence:processes`), { timeout: 5000 }).toBe(1); // the old one was taken out
    expect(watcher.tab.heard.length).toBe(told);
    expect(shown(watcher.tab)).toEqual({ [watcher.id]: 'online', [ada.id]: 'online' });
    await young.stop();
  });

  test('is asked of Redis a dozen times a minute by a process at rest, however many are there', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions, { timing });
    await Promise.all(Array.from({ length: 20 }, () => enter(site, sessions)));
    await expect.poll(() => roster(site).total).toBe(20);
    const from = { at: performance.now(), commands: await value(metrics.commands) };
    await expect.poll(async () => (await value(metrics.commands)) - from.commands, { timeout: 5000 }).toBe(4);
    expect(performance.now() - from.at).toBeGreaterThan(3 * timing.beat); // a beat each, and nothing else
    await site.stop();
  });

  test('names who was at work, for the record of when they were last seen', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const seen: string[][] = [];
    const site = await openSite(redisUrl, sessions, {
      timing: { ...timing, seen: 300 },
      onSeen: ids => Promise.resolve(void seen.push(ids)),
    });
    const ada = await enter(site, sessions);
    await expect.poll(() => seen.flat()).toContain(ada.id);
    await site.stop();
  });
});

describe('a process that is killed', () => {
  test('leaves nobody behind: at most two packets for all its people, within a lease and a second, and nobody else is touched', async ({
    redisUrl,
  }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions, { timing });
    const watcher = await enter(site, sessions);
    const both = randomUUID();
    const others = [both, ...Array.from({ length: 20 }, () => randomUUID())];
    const child = fork(new URL('child-site.ts', import.meta.url), [
      redisUrl,
      sessions.prefix,
      JSON.stringify(timing),
      JSON.stringify(others),
    ]);
    const [started] = z
      .tuple([z.object({ url: z.string(), sessions: z.array(z.string()) })], z.unknown())
      .parse(await once(child, 'message'));
    await Promise.all(started.sessions.map(session => connected(openTab(started.url, session))));
    await connected(openTab(site.url, sessions.open({ adminId: both })));
    await expect.poll(() => Object.keys(shown(watcher.tab)).length, { timeout: 5000 }).toBe(22);
    const told = changes(watcher.tab).length;
    child.kill('SIGKILL');
    const killed = performance.now();
    await expect.poll(() => shown(watcher.tab), { timeout: timing.lease + 1000 }).toEqual({ [watcher.id]: 'online', [both]: 'online' });
    expect(performance.now() - killed).toBeLessThan(timing.lease + 1000);
    const after = changes(watcher.tab).slice(told);
    expect(after.length).toBeLessThanOrEqual(2);
    expect(after.flatMap(({ gone, changed }) => [...gone, ...changed.map(({ id }) => id)])).not.toContain(both);
    expect(roster(site).total).toBe(2);
    await site.stop();
  });
});

describe('Redis', () => {
  test('emptied under two processes: nobody is shown as gone, and all are there again under a new epoch', async ({ store }) => {
    const sessions = new Sessions();
    const sites = [await openSite(store.url, sessions, { timing }), await openSite(store.url, sessions, { timing })] as const;
    const people = [await enter(sites[0], sessions), await enter(sites[1], sessions), await enter(sites[1], sessions)];
    const everybody = Object.fromEntries(people.map(({ id }) => [id, 'online']));
    await expect.poll(() => people.map(({ tab }) => shown(tab))).toEqual(Array(3).fill(everybody));
    const { epoch } = roster(sites[0]);
    const operator = connect(store.url, log);
    await operator.connect();
    await operator.flushAll();
    const totals = new Set<number>();
    const settled = (site: Site): boolean => {
      totals.add(roster(site).total);
      return roster(site).epoch !== epoch;
    };
    await expect.poll(() => sites.map(settled), { timeout: 5000, interval: 5 }).toEqual([true, true]);
    expect([...totals]).toEqual([3]); // at no time was anybody missing
    await expect.poll(() => people.map(({ tab }) => tab.of('presence:roster').at(-1))).toEqual(Array(3).fill(roster(sites[0])));
    expect(people.flatMap(({ tab }) => changes(tab).flatMap(({ gone }) => gone))).toEqual([]);
    expect(people.flatMap(({ tab }) => strange(tab))).toEqual([]);
    operator.destroy();
    await Promise.all(sites.map(site => site.stop()));
  });

  test('away for longer than a lease: unknown meanwhile, never empty; then everybody is there, and nobody was shown as gone', async ({
    store,
  }) => {
    const sessions = new Sessions();
    const sites = [await openSite(store.url, sessions, { timing }), await openSite(store.url, sessions, { timing })] as const;
    const people = [await enter(sites[0], sessions), await enter(sites[1], sessions)];
    await expect.poll(() => people.map(({ tab }) => Object.keys(shown(tab)).length)).toEqual([2, 2]);
    await store.stop();
    await expect.poll(() => sites[0].presence?.rosterVersion(), { timeout: 5000 }).toBe('unknown');
    expect(() => roster(sites[0])).toThrow(expect.objectContaining({ code: 'unavailable' }) as Error);
    const newcomer = await enter(sites[0], sessions);
    expect(newcomer.tab.heard).toEqual([]);
    await store.start();
    await expect
      .poll(() => sites.map(site => site.presence?.rosterVersion() !== 'unknown' && roster(site).total), { timeout: 8000 })
      .toEqual([3, 3]);
    await expect.poll(() => [...people, newcomer].map(({ tab }) => Object.keys(shown(tab)).length)).toEqual([3, 3, 3]);
    expect(people.flatMap(({ tab }) => changes(tab).flatMap(({ gone }) => gone))).toEqual([]);
    await Promise.all(sites.map(site => site.stop()));
  });

  test('away at the start of a process: unknown, and known as soon as it is there', async ({ store }) => {
    const redis = connect(store.url, log);
    await redis.connect();
    await store.stop();
    await expect.poll(() => redis.isReady).toBe(false);
    const presence = new Presence({ redis, log, timing });
    await presence.listening();
    expect(presence.rosterVersion()).toBe('unknown');
    await expect(readRoster(redis)).rejects.toMatchObject({ code: 'unavailable' });
    await store.start();
    await expect.poll(() => presence.rosterVersion(), { timeout: 5000 }).not.toBe('unknown');
    expect(presence.roster()).toMatchObject({ total: 0, people: [] });
    await presence.moving();
    redis.destroy();
  });
});
