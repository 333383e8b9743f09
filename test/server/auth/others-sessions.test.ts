import { expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { browserOf, someRole, someone, superadmin, withRoles } from '../../support/people.ts';

const list = (caller: Caller, id: string) => caller.call('GET /admins/:id/sessions', { params: { id } });

test('whoever secures accounts sees where somebody is signed in and ends it, and the page there is told by whom and when', async ({
  server,
  owner,
  orm,
}) => {
  const em = orm.em.fork();
  expect(owner.url).toBe(server.url);
  const person = await someone(em, 'dashboard.view');
  const [one, two, three] = [
    await browserOf(em, person, server.url),
    await browserOf(em, person, server.url),
    await browserOf(em, person, server.url),
  ];
  const { items } = await list(owner, person.id);
  expect(items).toHaveLength(3);
  expect(items.every(({ current, address }) => !current && address === '127.0.0.1')).toBe(true);
  const { session } = await one.call('GET /session');
  await owner.call('DELETE /admins/:id/sessions/:sessionId', { params: { id: person.id, sessionId: session.id } });
  await expect.poll(() => one.codeOf('GET /session'), { timeout: 2000 }).toBe('signed_out');
  const said = (await (await one.fetch('/api/session')).json()) as { detail: string; at: string };
  expect(said.detail).toBe('You were signed out by Ana Ruiz.');
  expect(Math.abs(Date.now() - Date.parse(said.at))).toBeLessThan(10_000);
  expect(await two.codeOf('GET /session')).toBe('ok');
  expect((await owner.call('DELETE /admins/:id/sessions', { params: { id: person.id } })).ended).toBe(2);
  await expect
    .poll(() => Promise.all([two, three].map(browser => browser.codeOf('GET /session'))), { timeout: 2000 })
    .toEqual(['signed_out', 'signed_out']);
  expect((await list(owner, person.id)).items).toEqual([]);
  const events = await em.execute<{ actor_name: string; facts: object }[]>(
    `select actor_name, facts from event where type = 'session.revoked' and facts->>'adminId' = ? order by stored_at`,
    [person.id],
  );
  expect(events).toMatchObject([
    { actor_name: 'Ana Ruiz', facts: { name: person.name, sessions: 1 } },
    { actor_name: 'Ana Ruiz', facts: { sessions: 2 } },
  ]);
});

test('nobody touches the sessions of somebody stronger, of nobody, or under another person’s name', async ({ server, owner, orm }) => {
  const em = orm.em.fork();
  expect(owner.url).toBe(server.url);
  const boss = await superadmin(em);
  await browserOf(em, boss, server.url);
  const person = await someone(em, 'dashboard.view');
  const theirs = await browserOf(em, person, server.url);
  const helper = await browserOf(em, await withRoles(em, await someRole(em, 'admins.secure', 'dashboard.view')), server.url);
  const viewer = await browserOf(em, await someone(em, 'admins.view'), server.url);
  const { session } = await theirs.call('GET /session');
  const codes = {
    stronger: await helper.codeOf('GET /admins/:id/sessions', { params: { id: boss.id } }),
    strongerAll: await helper.codeOf('DELETE /admins/:id/sessions', { params: { id: boss.id } }),
    nobody: await helper.codeOf('GET /admins/:id/sessions', { params: { id: '00000000-0000-4000-8000-000000000000' } }),
    otherPerson: await owner.codeOf('DELETE /admins/:id/sessions/:sessionId', { params: { id: boss.id, sessionId: session.id } }),
    without: await viewer.codeOf('GET /admins/:id/sessions', { params: { id: person.id } }),
    ok: await helper.codeOf('GET /admins/:id/sessions', { params: { id: person.id } }),
  };
  expect(codes).toEqual({
    stronger: 'stronger_than_you',
    strongerAll: 'stronger_than_you',
    nobody: 'not_found',
    otherPerson: 'not_found',
    without: 'forbidden',
    ok: 'ok',
  });
  expect(await theirs.codeOf('GET /session')).toBe('ok');
});

test('one role that forbids it is enough that nobody is kept signed in', async ({ server, owner, orm, redis }) => {
  expect(owner.url).toBe(server.url);
  const em = orm.em.fork();
  const { me } = await owner.call('GET /session');
  const strict = await someRole(em, 'dashboard.view');
  strict.keepSignedIn = false;
  await em.flush();
  await em.execute('insert into admin_roles (admin_id, role_id) values (?, ?)', [me.id, strict.id]);
  const keep = async (): Promise<boolean> => {
    await redis.flushAll();
    const caller = new Caller(server.url);
    await caller.call('POST /session', { body: { login: 'ana', password: 'correct horse battery staple', keep: true } });
    return (await caller.call('GET /me/sessions')).items.find(({ current }) => current)?.kept ?? false;
  };
  expect(await keep()).toBe(false);
  await em.execute('delete from admin_roles where role_id = ?', [strict.id]);
  expect(await keep()).toBe(true);
});

test('a role that comes to forbid it, or that is given, ends staying signed in at once', async ({ server, owner, orm }) => {
  const em = orm.em.fork();
  const role = await someRole(em, 'dashboard.view');
  const stay = async (person: Admin, signedInAgo: string): Promise<Caller> => {
    const browser = await browserOf(em, person, server.url);
    const { session } = await browser.call('GET /session');
    await em.execute(
      `update session set kept = true, created_at = now() - ?::interval, expires_at = now() + interval '29 days', idle_seconds = 604800 where id = ?`,
      [signedInAgo, session.id],
    );
    return browser;
  };
  const person = await withRoles(em, role);
  const [today, yesterday] = [await stay(person, '1 hour'), await stay(person, '13 hours')];
  await owner.call('PATCH /roles/:id', { params: { id: role.id }, body: { version: role.version, keepSignedIn: false } });
  await expect.poll(() => yesterday.codeOf('GET /session'), { timeout: 1000 }).toBe('signed_out');
  const lengthOf = async (browser: Caller) => {
    const { session } = await browser.call('GET /session');
    const { items } = await browser.call('GET /me/sessions');
    const hours = Math.round((Date.parse(session.expiresAt) - Date.now()) / 3_600_000);
    return { hours, idle: session.idleSeconds, kept: items.find(({ current }) => current)?.kept };
  };
  expect(await lengthOf(today)).toEqual({ hours: 11, idle: 1800, kept: false });

  const other = await someone(em, 'dashboard.view');
  const [held] = other.roles.getItems();
  const theirs = await stay(other, '2 hours');
  await owner.call('PATCH /admins/:id', { params: { id: other.id }, body: { version: other.version, roleIds: [held?.id ?? '', role.id] } });
  expect(await lengthOf(theirs)).toEqual({ hours: 10, idle: 1800, kept: false });
});
