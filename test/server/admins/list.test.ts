import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import { describe, expect } from 'vitest';
import { Passkey, Totp } from '#server/auth/SecondFactor.ts';
import { Admin } from '#server/admins/Admin.ts';
import { type AdminFilter, allAdmins, pageOfAdmins } from '#server/admins/queries.ts';
import { startWork } from '../../support/settle.ts';
import { refused, test as staffed } from '../accounts/staff.ts';

const test = staffed.extend('crowd', { scope: 'file' }, async ({ orm, owner, staff }) => {
  const em = orm.em.fork();
  const [sales, support] = [await staff.role('overview.view'), await staff.role('queues.view')];
  const { id: desk } = await owner.call('POST /departments', { body: { name: 'Desk' } });
  const people = [];
  for (let i = 0; i < 60; i++) {
    const { id } = await staff.idle('dashboard.view');
    const admin = await em.findOneOrFail(Admin, id);
    // many of one name and one moment, so that only the order's last word tells them apart
    em.assign(admin, {
      firstName: 'Kim',
      lastName: ['Ek', 'ek', 'Ås'][i % 3] ?? '',
      lastSeenAt: i % 4 === 0 ? null : new Date(1e12 + (i % 5)),
    });
    if (i % 6 === 0) admin.disabledAt = new Date(1e12 + (i % 12));
    people.push(admin);
  }
  await em.flush();
  return { sales, support, desk, people };
});

const SORTS = ['name', 'username', 'email', 'lastSeen', 'joined', 'disabled'].flatMap(by => [by, `-${by}`]) as AdminFilter['sort'][];

test('pages partition the list, whatever its order and its size', { timeout: 60_000 }, async ({ crowd, orm }) => {
  expect(crowd.people).toHaveLength(60);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SORTS),
      fc.constantFrom('active' as const, 'disabled' as const),
      fc.integer({ min: 1, max: 70 }),
      fc.constantFrom(undefined, 'ek', '@northwind'),
      async (sort, state, pageSize, search) => {
        const filter = { state, sort, search };
        const whole = (await allAdmins(orm.em.fork(), filter)).map(({ id }) => id);
        const pages: string[] = [];
        for (let page = 1; page <= Math.ceil(whole.length / pageSize) + 1; page++) {
          const { items, total } = await pageOfAdmins(orm.em.fork(), filter, { page, pageSize });
          expect(total).toBe(whole.length);
          pages.push(...items.map(({ id }) => id));
        }
        expect(pages).toEqual(whole);
        expect(new Set(pages).size).toBe(pages.length);
      },
    ),
    { numRuns: 40 },
  );
});

describe('the list', () => {
  test('has as many rows as the installation chose, or the person, or the request', async ({ owner, crowd, staff }) => {
    expect(crowd.people.length).toBeGreaterThan(50);
    expect((await owner.call('GET /admins')).items).toHaveLength(50);
    const { caller } = await staff.with('admins.view');
    const { me } = await caller.call('GET /session');
    await caller.call('PATCH /me', { body: { version: me.version, rowsPerPage: 25 } });
    const page = await caller.call('GET /admins');
    expect([page.pageSize, page.items.length]).toEqual([25, 25]);
    expect((await caller.call('GET /admins', { query: { pageSize: 100 } })).items.length).toBeGreaterThan(50);
    const { version } = await owner.call('GET /settings');
    await owner.call('PATCH /settings', { body: { version, rowsPerPage: 25 } });
    expect((await owner.call('GET /admins')).pageSize).toBe(25);
  });

  test.for([
    ['pageSize', '0'],
    ['pageSize', '-1'],
    ['pageSize', '1e9'],
    ['pageSize', 'abc'],
    ['pageSize', '26'],
    ['page', '0'],
    ['page', '-1'],
    ['page', '1.5'],
    ['page', 'abc'],
    ['page', '1e9'],
    ['sort', 'passwordHash'],
    ['sort', 'password_hash'],
    ['sort', 'name; drop table admin'],
    ['state', 'all'],
    ['role', 'x'],
    ['department', "' or true"],
    ['secondFactor', 'yes'],
    ['presence', 'invisible'],
    ['search', 'x'.repeat(101)],
    ['passwordHash', 'x'],
  ] as const)('refuses %s=%s at its field', async ([field, value], { owner }) => {
    for (const address of ['/api/admins', '/api/admins.csv']) {
      if (address.endsWith('csv') && field.startsWith('page')) continue;
      const response = await owner.fetch(`${address}?${field}=${encodeURIComponent(value)}`);
      expect(response.status, address).toBe(422);
      expect(await response.json()).toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) as unknown } });
    }
  });

  test('is narrowed by department and by second factor, and names them', async ({ owner, staff, orm, crowd }) => {
    const em = orm.em.fork();
    const [app, key, none] = await Promise.all([staff.idle(), staff.idle(), staff.idle()]);
    em.create(Totp, { admin: app.id, secret: Buffer.alloc(1), confirmedAt: new Date() });
    em.create(Totp, { admin: none.id, secret: Buffer.alloc(1) });
    em.create(Passkey, {
      admin: key.id,
      credentialId: randomBytes(8).toString('hex'),
      publicKey: Buffer.alloc(1),
      transports: [],
      name: 'Key',
    });
    await em.flush();
    const found = async (query: object) => (await owner.call('GET /admins', { query: { ...query, pageSize: 200 } })).items;
    expect((await found({ secondFactor: 'on' })).map(({ id, secondFactors }) => [id, secondFactors]).toSorted()).toEqual(
      [
        [app.id, ['app']],
        [key.id, ['passkey']],
      ].toSorted(),
    );
    expect((await found({ secondFactor: 'off' })).map(({ id }) => id)).toContain(none.id);
    // the owner's role demands one
    expect((await found({ secondFactor: 'missing' })).map(({ id }) => id)).toEqual([staff.ownerId]);
    const { version } = await owner.call('GET /admins/:id', { params: { id: app.id } });
    await owner.call('PATCH /admins/:id', {
      params: { id: app.id },
      body: { version, departments: [{ id: crowd.desk, ticketNotifications: false }] },
    });
    expect(await found({ department: crowd.desk })).toMatchObject([
      { id: app.id, departments: [{ name: 'Desk', ticketNotifications: false }] },
    ]);
  });

  test('is narrowed by presence for those who may see it', async ({ owner, staff, server }) => {
    const { admin, caller } = await staff.with('admins.view');
    const online = async () => (await owner.call('GET /admins', { query: { presence: 'online' } })).items.map(({ id }) => id);
    expect(await online()).not.toContain(admin.id);
    const socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie: caller.cookie, origin: server.url } });
    await once(socket as never, 'connect');
    await expect.poll(online).toContain(admin.id);
    const gone = await owner.call('GET /admins', { query: { presence: 'gone', search: admin.username } });
    expect(gone.total).toBe(0);
    expect(await refused(caller.call('GET /admins', { query: { presence: 'online' } }))).toMatchObject({
      code: 'forbidden',
      missing: { permission: 'presence.view' },
    });
    socket.disconnect();
  });
});

test('the export is what the filter shows, and no cell is a formula', async ({ owner, staff, orm }) => {
  const em = orm.em.fork();
  const tricks = ['=1+1', '+1', '-1', '@SUM(A1)', '"quoted", and more', 'two\nlines', 'Åsa'];
  const prefix = randomBytes(3).toString('hex');
  for (const [i, firstName] of tricks.entries()) {
    const admin = await em.findOneOrFail(Admin, (await staff.idle()).id);
    em.assign(admin, { firstName, lastName: 'Trick', username: `t${prefix}${i}` });
  }
  await em.flush();
  const response = await owner.fetch(`/api/admins.csv?search=t${prefix}&sort=username`);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="staff.csv"');
  const text = await response.text();
  const cells = [...text.matchAll(/(?:^|\r\n)([^\r]*?),(?:"((?:[^"]|"")*)"|([^,\r]*)),t[\da-f]{6}\d/g)].map(([, , quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll('""', '"'),
  );
  expect(cells).toEqual(tricks.map(name => `${/^[=+\-@]/.test(name) ? "'" : ''}${name} Trick`));
  const { items } = await owner.call('GET /admins', { query: { search: `t${prefix}`, sort: 'username' } });
  const chosen = items.slice(0, 2).map(({ id }) => id);
  const two = await (await owner.fetch(`/api/admins.csv?ids=${chosen.join(',')}&sort=username`)).text();
  expect(two.trim().split('\r\n')).toHaveLength(3);
  expect((await owner.fetch('/api/admins.csv?ids=x')).status).toBe(422);
});

test('how somebody signed in is told to those who secure accounts, and not of somebody stronger', async ({
  owner,
  staff,
  database,
  redisUrl,
  server,
}) => {
  const guard = await staff.with('admins.secure');
  const username = `l${randomBytes(4).toString('hex')}`;
  const account = {
    username,
    email: `${username}@northwind.example`,
    firstName: 'Lo',
    lastName: 'Ek',
    roleIds: [await staff.role('admins.view')],
  };
  const { admin } = await owner.call('POST /admins', { body: account });
  const login = (name: string) => guard.caller.codeOf('POST /session', { body: { login: name, password: 'wrong' } });
  expect(await login(admin.username.toUpperCase())).toBe('wrong_credentials');
  expect(await login(admin.email)).toBe('wrong_credentials');
  expect(await login('somebodyElse')).toBe('wrong_credentials');
  const work = await startWork(database, redisUrl, { baseUrl: server.url });
  await work.settle();
  const params = { id: admin.id };
  const { items, next } = await guard.caller.call('GET /admins/:id/logins', { params, query: { pageSize: 1 } });
  expect(items.map(({ type, facts }) => [type, facts['login']])).toEqual([['session.refused', admin.email]]);
  const rest = await guard.caller.call('GET /admins/:id/logins', { params, query: { before: Number(next) } });
  expect(rest.items.map(({ facts }) => facts['login'])).toEqual([admin.username.toUpperCase()]);
  expect(rest.next).toBeUndefined();
  expect(await guard.caller.codeOf('GET /admins/:id/logins', { params: { id: staff.ownerId } })).toBe('stronger_than_you');
  expect((await owner.call('GET /admins/:id/logins', { params: { id: staff.ownerId } })).items.map(({ type }) => type)).toEqual([
    'session.started',
  ]);
  await work.stop();
});
