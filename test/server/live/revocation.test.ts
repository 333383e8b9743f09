import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { verdict } from '#server/platform/live/revocation.ts';
import type { Standing, Visitor } from '#server/platform/live/visitor.ts';
import { test } from './own-redis.ts';
import { Sessions, type Site, type Tab, connected, openSite, openTab } from './site.ts';

const farewell = (tab: Tab): unknown => tab.of('live:farewell')[0];

describe('revocation', () => {
  test('by word of Redis closes the sockets of that session, or of that person, at every process', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const [here, there] = [await openSite(redisUrl, sessions), await openSite(redisUrl, sessions)];
    sessions.unreadable = true; // so that only the word can do it
    const one = sessions.open();
    const { adminId } = sessions.visitor(one);
    const other = sessions.open({ adminId });
    const stranger = sessions.open();
    const [a, b, c, d] = await Promise.all(
      [openTab(here.url, one), openTab(there.url, one), openTab(there.url, other), openTab(there.url, stranger)].map(connected),
    );
    if (!a || !b || !c || !d) throw new Error('four were opened');

    here.broadcast.control({ kind: 'revoked', sessionId: one, reason: 'You signed out in another tab.' });
    await expect.poll(() => [a, b].map(tab => tab.socket.connected), { timeout: 1000 }).toEqual([false, false]);
    expect([a, b].map(farewell)).toMatchObject(
      Array(2).fill({ reason: 'signed_out', detail: 'You signed out in another tab.', at: expect.any(String) as string }),
    );
    expect(c.socket.connected).toBe(true);

    here.broadcast.control({ kind: 'revoked', adminId, reason: 'Your account was disabled.' });
    await expect.poll(() => c.socket.connected, { timeout: 1000 }).toBe(false);
    expect(d.socket.connected).toBe(true);
    await expect.poll(() => there.presence?.roster().people.map(({ id }) => id)).toEqual([sessions.visitor(stranger).adminId]); // no grace for who was put out
    await Promise.all([here.stop(), there.stop()]);
  });

  test('reaches the sockets within a second while Redis is away', async ({ store }) => {
    const sessions = new Sessions();
    const site = await openSite(store.url, sessions);
    const disabled = sessions.open();
    const demoted = sessions.open();
    const untouched = sessions.open();
    const tabs = await Promise.all([disabled, demoted, untouched].map(session => connected(openTab(site.url, session))));
    await store.stop();
    sessions.change(disabled, { live: false, reason: 'Your account was disabled.' });
    sessions.change(demoted, { rightsEpoch: 2 });
    await expect.poll(() => tabs.map(tab => tab.socket.connected), { timeout: 1000 }).toEqual([false, false, true]);
    expect(tabs.map(farewell)).toEqual([
      { reason: 'signed_out', detail: 'Your account was disabled.' },
      { reason: 'rights_changed' },
      undefined,
    ]);
    await site.stop();
  });

  test('asks once for all sessions, and not at all while nobody is there', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions, { attendance: 'none' });
    await Promise.all(Array.from({ length: 5 }, () => connected(openTab(site.url, sessions.open()))));
    const before = sessions.asked;
    await expect.poll(() => sessions.asked, { timeout: 5000 }).toBeGreaterThan(before + 1);
    expect(sessions.asked - before).toBeLessThan(5);
    await site.stop();
    const rest = sessions.asked;
    const empty = await openSite(redisUrl, sessions, { attendance: 'none' });
    await expect.poll(() => empty.live.sockets).toBe(0);
    await empty.stop();
    expect(sessions.asked).toBe(rest);
  });

  test('of a session that runs out while the database is away', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site = await openSite(redisUrl, sessions);
    const tab = await connected(openTab(site.url, sessions.open({ expiresAt: Date.now() + 700 })));
    sessions.unreadable = true;
    await expect.poll(() => tab.socket.connected, { timeout: 2000 }).toBe(false);
    expect(farewell(tab)).toEqual({ reason: 'signed_out', detail: 'Your session ran out.' });
    await site.stop();
  });

  test('leaves a person whose profile changed, and shows them anew', async ({ redisUrl }) => {
    const sessions = new Sessions();
    const site: Site = await openSite(redisUrl, sessions);
    const session = sessions.open();
    const { adminId } = sessions.visitor(session);
    const tab = await connected(openTab(site.url, session));
    sessions.profiles.set(adminId, { name: 'Ada King', roles: ['Staff', 'Owner'] });
    sessions.change(session, { profileVersion: 2 });
    site.broadcast.control({ kind: 'look' });
    await expect
      .poll(() => site.presence?.roster().people.map(({ name, roles }) => [name, roles]))
      .toEqual([['Ada King', ['Staff', 'Owner']]]);
    expect(tab.socket.connected).toBe(true);
    await site.stop();
  });
});

describe('the verdict', () => {
  const visitor: Visitor = {
    adminId: 'a',
    sessionId: 's',
    authEpoch: 3,
    rightsEpoch: 5,
    profileVersion: 1,
    permissions: new Set(),
    person: { name: 'Ada', roles: [] },
    language: 'en',
    expiresAt: 1000,
  };
  const standing = fc.record({
    authEpoch: fc.integer({ min: 2, max: 4 }),
    rightsEpoch: fc.integer({ min: 4, max: 6 }),
    profileVersion: fc.nat(3),
    live: fc.boolean(),
    expiresAt: fc.integer({ min: 0, max: 2000 }),
  });
  test('lets only those stay whose session lives unmoved, whatever else is said of them', () => {
    fc.assert(
      fc.property(fc.option(standing, { nil: undefined }), fc.integer({ min: 0, max: 2000 }), (given: Standing | undefined, now) => {
        const stays = given?.live === true && given.authEpoch === 3 && (given.expiresAt ?? 0) > now && given.rightsEpoch === 5;
        const reason = verdict(visitor, given, now)?.reason;
        expect(reason === undefined).toBe(stays);
        if (reason === 'rights_changed') expect(given).toMatchObject({ live: true, authEpoch: 3 }); // an ended session is never asked back
      }),
    );
  });
});
