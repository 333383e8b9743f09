import fc from 'fast-check';
import { expect } from 'vitest';
import { PERMISSIONS, type Permission, closure, isPermission, right } from '#contract/permissions.ts';
import { PAGES, pageOf } from '#contract/pages.ts';
import { chainTo } from '#server/access/explain.ts';
import { routes } from '#server/app.ts';
import { Admin } from '#server/admins/Admin.ts';
import { sealPending } from '#server/events/seal.ts';
import { test } from '../../support/app.ts';
import { browserOf, someRole, someone, withRoles } from '../../support/people.ts';

test('what is explained is what the doors do: a chain from a granted right exists if and only if the right is held', () => {
  fc.assert(
    fc.property(fc.subarray(PERMISSIONS), fc.constantFrom(...PERMISSIONS), (granted, needed) => {
      const chain = chainTo(granted, needed);
      expect(chain !== undefined).toBe(closure(granted).has(needed));
      if (!chain) return;
      expect(granted).toContain(chain[0]);
      expect(chain.at(-1)).toBe(needed);
      for (const [n, permission] of chain.slice(0, -1).entries()) expect(right(permission).implies).toContain(chain[n + 1]);
    }),
  );
});

test('says by which role somebody may, and by which of its rights', async ({ owner, orm, server }) => {
  const em = orm.em.fork();
  const [inviting, plain] = [await someRole(em, 'admins.invite'), await someRole(em, 'dashboard.view')];
  const priya = await withRoles(em, inviting, plain);
  const browser = await browserOf(em, priya, server.url);

  const may = await browser.call('GET /explain', { query: { what: '/roles' } });
  expect(may).toMatchObject({
    allowed: true,
    sentence: `${priya.name} can open the page Roles (/roles), because of ${inviting.name}.`,
    needs: { id: 'roles.view', label: 'View roles' },
    people: [],
  });
  expect(may.by).toEqual([
    {
      role: { id: inviting.id, name: inviting.name },
      chain: [
        { id: 'admins.invite', label: 'Invite staff' },
        { id: 'admins.view', label: 'View staff' },
        { id: 'roles.view', label: 'View roles' },
      ],
    },
  ]);

  const mayNot = await owner.call('GET /explain', { query: { admin: priya.id, what: 'widget:queues' } });
  expect(mayNot).toMatchObject({
    allowed: false,
    sentence: `${priya.name} cannot see the widget Queues: it needs View queues (queues.view), which none of their roles grants.`,
    by: [],
    people: ['Ana Ruiz'],
  });
  expect(mayNot.granting.map(({ name }) => name)).toContain('Support Operator');
  expect(mayNot.person.roles.map(({ name }) => name).sort()).toEqual([inviting.name, plain.name].sort());
  expect((await owner.call('GET /explain', { query: { what: 'queues.view' } })).by).toMatchObject([
    { role: { name: 'Full Administrator' }, chain: null },
  ]);
});

test('explains every page, right, widget and route, and nothing else', async ({ owner }) => {
  const things = await owner.call('GET /explain/things');
  expect(things.routes.map(({ what }) => what).sort()).toEqual(routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).sort());
  for (const { what } of [...things.pages, ...things.widgets, ...things.rights, ...things.routes.slice(0, 20)])
    expect((await owner.call('GET /explain', { query: { what } })).allowed, what).toBe(true);
  for (const what of ['', 'queues', '/nowhere', 'widget:none', 'GET /', 'constructor', '__proto__', 'widget:__proto__'])
    expect(await owner.codeOf('GET /explain', { query: { what } }), what).toBe('invalid');
});

test('what a page is said to need is what keeps somebody without it from reading what it shows', async ({ orm, server }) => {
  const em = orm.em.fork();
  const reads: Partial<
    Record<
      (typeof PAGES)[number],
      | 'GET /admins'
      | 'GET /roles'
      | 'GET /activity'
      | 'GET /queues'
      | 'GET /deliveries'
      | 'GET /settings'
      | 'GET /api-keys'
      | 'GET /kept-mail'
      | 'GET /notification-rules'
      | 'GET /dashboard'
    >
  > = {
    '/staff': 'GET /admins',
    '/roles': 'GET /roles',
    '/activity': 'GET /activity',
    '/queues': 'GET /queues',
    '/notifications/log': 'GET /deliveries',
    '/settings': 'GET /settings',
    '/settings/api-keys': 'GET /api-keys',
    '/settings/mail/kept': 'GET /kept-mail',
    '/notifications': 'GET /notification-rules',
    '/dashboard': 'GET /dashboard',
  };
  for (const page of PAGES) {
    const read = reads[page];
    const { needs } = pageOf(page);
    if (!read || needs === null) continue;
    const all = PERMISSIONS.filter(each => !closure([each]).has(needs));
    const without = await browserOf(em, await someone(em, ...all), server.url);
    const within = await browserOf(em, await someone(em, needs), server.url);
    expect([page, await without.codeOf(read), await within.codeOf(read)]).toEqual([page, 'forbidden', 'ok']);
    expect((await without.call('GET /explain', { query: { what: page } })).allowed).toBe(false);
  }
});

test('others are explained to whoever sees their accounts alone, and a disabled account may nothing', async ({ owner, orm, server }) => {
  const em = orm.em.fork();
  const gone = await someone(em, 'queues.view');
  gone.disabledAt = new Date();
  await em.flush();
  const curious = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
  expect(await curious.codeOf('GET /explain', { query: { admin: gone.id, what: '/queues' } })).toBe('forbidden');
  const { allowed, sentence } = await owner.call('GET /explain', { query: { admin: gone.id, what: '/queues' } });
  expect([allowed, sentence]).toEqual([
    false,
    `${gone.name} cannot open the page Queues (/queues), since the account is disabled: nobody signs in with it.`,
  ]);
  expect(await owner.codeOf('GET /explain', { query: { admin: '00000000-0000-7000-8000-000000000000', what: '/queues' } })).toBe(
    'not_found',
  );
  expect(await em.count(Admin, { id: gone.id })).toBe(1);
});

test('a message is explained to whoever may see it, and its reader: to others by the right that is missing', async ({
  owner,
  orm,
  server,
}) => {
  const em = orm.em.fork();
  const [curious, reader] = [await someone(em, 'dashboard.view'), await someone(em, 'deliveries.view', 'activity.view')];
  const [outside, inside] = [await browserOf(em, curious, server.url), await browserOf(em, reader, server.url)];
  const code = (browser: typeof owner, what: string, admin?: string) =>
    browser.codeOf('GET /explain/message', { query: { what, ...(admin !== undefined && { admin }) } });
  const nobody = '00000000-0000-7000-8000-000000000000';
  await em.transactional(sealPending);
  for (const [what, expected] of [
    [`delivery:${nobody}`, ['forbidden', 'invalid']],
    ['event:1', ['forbidden', 'ok']],
    ['event:999999999999', ['forbidden', 'invalid']],
    ['event:1e3', ['forbidden', 'invalid']],
    ['mail:ticket', ['ok', 'ok']],
    ['mail:invitation', ['invalid', 'invalid']],
    ['mail:__proto__', ['invalid', 'invalid']],
    ['mail:', ['invalid', 'invalid']],
    ['widget:queues', ['invalid', 'invalid']],
  ] as const)
    expect([await code(outside, what), await code(inside, what)], what).toEqual(expected);
  expect(await code(inside, 'mail:ticket', curious.id)).toBe('forbidden');
  expect(await code(owner, 'mail:ticket', curious.id)).toBe('ok');
  expect(await code(owner, 'mail:ticket', nobody)).toBe('not_found');
  const { mails } = await owner.call('GET /explain/things');
  expect(mails).toContainEqual({ what: 'mail:ticket', label: 'Mails about tickets' });
  for (const { what } of mails) expect(await code(owner, what), what).toBe('ok');
});

test('a refusal of the API and Explain say the same', async ({ orm, server }) => {
  const em = orm.em.fork();
  const browser = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
  const guarded = routes.filter(
    ({ endpoint, needs }) => endpoint.method === 'GET' && !endpoint.path.includes(':') && isPermission(needs) && needs !== 'dashboard.view',
  );
  for (const { endpoint, needs } of guarded) {
    const answer = await browser.fetch(`/api${endpoint.path}`);
    const { missing } = (await answer.json()) as { missing: { permission: Permission; roles: string[]; people: string[] } };
    const told = await browser.call('GET /explain', { query: { what: `GET ${endpoint.path}` } });
    expect([endpoint.path, missing.permission, missing.roles, missing.people]).toEqual([
      endpoint.path,
      needs,
      told.granting.map(({ name }) => name),
      told.people,
    ]);
  }
});
