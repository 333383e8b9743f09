import { io } from 'socket.io-client';
import { describe, expect } from 'vitest';
import type { Farewell } from '#contract/live.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '#server/admins/Admin.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { KEY, PASSWORD, test } from '../../../support/app.ts';
import type { Caller } from '../../../support/caller.ts';
import { afterPassword, appOf, enrolApp } from '../../../support/factors.ts';
import { browserOf, someRole, someone, withRoles } from '../../../support/people.ts';

const DAY = 86_400_000;
const socketOf = (url: string, { cookie }: Caller) =>
  io(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: { cookie, origin: url } });

/** Whether a socket with that browser's cookie is let in. */
async function getsIn(url: string, browser: Caller): Promise<boolean> {
  const socket = socketOf(url, browser);
  const inside = await new Promise<boolean>(resolve => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  socket.close();
  return inside;
}

/** Somebody whose role asks for a second factor within so many days, asked so many days ago. */
async function demanded(em: EntityManager, graceDays: number, askedDaysAgo: number | null = null): Promise<Admin> {
  const role = await someRole(em, 'dashboard.view');
  Object.assign(role, { secondFactorDemanded: true, secondFactorGraceDays: graceDays });
  const admin = await withRoles(em, role);
  admin.secondFactorAskedAt = askedDaysAgo === null ? null : new Date(Date.now() - askedDaysAgo * DAY);
  await em.flush();
  return admin;
}

describe('half signed in', () => {
  test('no socket opens, and the person is not told more than they typed', async ({ server, orm }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    const half = await browserOf(em, admin, server.url, 'password');
    expect(await getsIn(server.url, half)).toBe(false);
    expect(await half.codeOf('GET /dashboard')).toBe('second_factor_needed');
    expect((await half.call('GET /session')).me).toMatchObject({ username: admin.username, email: '', firstName: '', roles: [] });
    expect(await getsIn(server.url, await browserOf(em, admin, server.url))).toBe(true);
  });

  test('open pages of other sessions are sent to the door when a first factor is added', async ({ server, orm }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    const [one, other] = [await browserOf(em, admin, server.url), await browserOf(em, admin, server.url)];
    const socket = socketOf(server.url, other);
    await new Promise(resolve => socket.once('connect', () => resolve(true)));
    const farewell = new Promise<Farewell>(resolve => socket.once('live:farewell', resolve));
    await enrolApp(one);
    expect((await farewell).reason).toBe('rights_changed');
    expect(await one.codeOf('GET /dashboard')).toBe('ok');
    await expect.poll(() => other.codeOf('GET /dashboard')).toBe('second_factor_needed');
    socket.close();
  });
});

describe('a demanded second factor', () => {
  test('is asked for within the shortest grace, and after it only setting one up is open', async ({ server, orm }) => {
    const em = orm.em.fork();
    const early = await browserOf(em, await demanded(em, 3), server.url);
    expect(await early.codeOf('GET /dashboard')).toBe('ok');
    const { enrolBy, wants } = await early.call('GET /session');
    expect(wants).toBeNull();
    expect(Math.round((Date.parse(enrolBy ?? '') - Date.now()) / DAY)).toBe(3);

    const late = await browserOf(em, await demanded(em, 3, 4), server.url);
    expect(await late.call('GET /session')).toMatchObject({ wants: 'enrol', permissions: [] });
    expect(await late.codeOf('GET /dashboard')).toBe('second_factor_missing');
    expect(await getsIn(server.url, late)).toBe(false);
    await enrolApp(late);
    expect(await late.codeOf('GET /dashboard')).toBe('ok');
    expect(await late.codeOf('DELETE /me/second-factors/app')).toBe('in_use');
    expect(await late.call('GET /session')).toMatchObject({ wants: null, enrolBy: null });
    expect(await (await browserOf(em, await demanded(em, 0), server.url)).codeOf('GET /dashboard')).toBe('second_factor_missing');
  });

  test('that no role asks for can be removed, and its recovery codes go with it', async ({ server, orm }) => {
    const em = orm.em.fork();
    const browser = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
    await enrolApp(browser);
    await browser.call('DELETE /me/second-factors/app');
    expect(await browser.call('GET /me/second-factors')).toMatchObject({ app: null, codesLeft: 0 });
    expect(await browser.codeOf('POST /me/second-factors/recovery-codes')).toBe('conflict');
  });
});

describe('a password that somebody else chose', () => {
  test('opens nothing until it is another one', async ({ server, orm, redis }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    admin.passwordHash = await hashPassword(new Secrets(Buffer.from(KEY, 'base64')), PASSWORD);
    admin.mustChangePassword = true;
    await em.flush();
    const browser = await afterPassword(server.url, admin.username);
    expect(await browser.codeOf('GET /dashboard')).toBe('password_change_needed');
    expect(await getsIn(server.url, browser)).toBe(false);
    expect(await browser.codeOf('PUT /session/password', { body: { next: PASSWORD } })).toBe('invalid');
    expect(await browser.codeOf('PUT /session/password', { body: { next: 'short' } })).toBe('invalid');
    const before = browser.cookies.get('quarterdeck');
    expect((await browser.call('PUT /session/password', { body: { next: 'a horse of my own choosing' } })).wants).toBeNull();
    expect(browser.cookies.get('quarterdeck')).not.toBe(before);
    expect(await browser.codeOf('GET /dashboard')).toBe('ok');
    expect(await browser.codeOf('PUT /session/password', { body: { next: 'one more horse of mine' } })).toBe('conflict');
    await redis.flushAll();
  });
});

describe('a reset by somebody else', () => {
  test('removes all factors, ends sessions, forces enrolment and is refused to whoever is weaker', async ({ server, orm, owner }) => {
    const em = orm.em.fork();
    const admin = await demanded(em, 7);
    const browser = await browserOf(em, admin, server.url);
    const { secret } = await enrolApp(browser);
    const helper = await browserOf(em, await someone(em, 'admins.secure'), server.url);
    const params = { id: admin.id };
    expect(await helper.codeOf('DELETE /admins/:id/second-factors', { params })).toBe('stronger_than_you');
    const { me } = await owner.call('GET /session');
    expect(await owner.codeOf('DELETE /admins/:id/second-factors', { params: { id: me.id } })).toBe('not_yourself');
    const answers = await Promise.all([1, 2, 3].map(() => owner.codeOf('DELETE /admins/:id/second-factors', { params })));
    expect(answers.toSorted()).toEqual(['conflict', 'conflict', 'ok']);
    await expect.poll(() => browser.codeOf('GET /session')).toBe('signed_out');
    await em.refresh(admin);
    const next = await browserOf(em, admin, server.url);
    expect(await next.call('GET /session')).toMatchObject({ wants: 'enrol', ways: [] });
    const again = await browserOf(em, admin, server.url, 'password');
    const code = appOf(secret).code();
    expect(await again.codeOf('POST /session/second-factor', { body: { proof: { by: 'app', code } } })).toBe('wrong_code');
  });
});
