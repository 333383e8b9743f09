import { expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { presentAdmin } from '#server/admins/present.ts';
import { adminById, pageOfAdmins } from '#server/admins/queries.ts';
import { actorOf, furnish, someRole, withRoles } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

const query = { state: 'active', sort: 'name' } as const;
const first = { page: 1, pageSize: 25 };

const test = world.extend('staff', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  const [sales, support] = [await someRole(em, 'overview.view'), await someRole(em, 'queues.view')];
  const person = async (username: string, firstName: string, lastName: string, roles = [support]): Promise<Admin> =>
    em.assign(await withRoles(em, ...roles), { username, firstName, lastName, email: `${username}@northwind.example` });
  const ana = await person('ana', 'Ana', 'Ruiz', [sales, support]);
  const bo = await person('bo', 'Bo', 'ruiz');
  const cy = await person('cy100', 'Cy', 'Å_%berg', [sales]);
  const gone = await person('gone', 'Gone', 'Away');
  ana.lastSeenAt = new Date('2026-01-02T03:04:05.678Z');
  bo.lastSeenAt = new Date('2026-02-02T03:04:05Z');
  gone.disabledAt = new Date();
  await em.flush();
  return { ana, bo, cy, gone, sales };
});

test('lists the staff with counts that agree, by name whatever the case', async ({ orm, staff }) => {
  const page = await pageOfAdmins(orm.em.fork(), query, first);
  expect(page.items.map(({ username }) => username)).toEqual(['ana', 'bo', 'cy100']);
  expect(page).toMatchObject({ total: 3, active: 3, disabled: 1, invited: 0 });
  const [ana] = page.items.map(row => presentAdmin(row, actorOf(staff.ana)));
  expect(ana).toMatchObject({
    id: staff.ana.id,
    name: 'Ana Ruiz',
    state: 'active',
    standing: 'yourself',
    lastSeenAt: '2026-01-02T03:04:05.678Z',
  });
  expect(ana?.roles).toHaveLength(2);
  expect(Object.keys(ana ?? {})).not.toContain('passwordHash');
  expect((await pageOfAdmins(orm.em.fork(), { ...query, state: 'disabled' }, first)).items.map(({ username }) => username)).toEqual([
    'gone',
  ]);
});

test('pages, and says how many there are also beyond the end', async ({ orm, staff }) => {
  const second = await pageOfAdmins(orm.em.fork(), query, { page: 2, pageSize: 2 });
  expect(second.items.map(({ id }) => id)).toEqual([staff.cy.id]);
  expect(await pageOfAdmins(orm.em.fork(), query, { page: 9, pageSize: 25 })).toMatchObject({ items: [], total: 3 });
});

test('sorts by every column both ways, never seen last', async ({ orm }) => {
  const order = async (sort: '-name' | 'lastSeen' | '-lastSeen' | 'joined' | '-joined') =>
    (await pageOfAdmins(orm.em.fork(), { ...query, sort }, first)).items.map(({ username }) => username);
  expect(await order('-name')).toEqual(['cy100', 'bo', 'ana']);
  expect(await order('lastSeen')).toEqual(['cy100', 'ana', 'bo']);
  expect(await order('-lastSeen')).toEqual(['bo', 'ana', 'cy100']);
  expect(await order('joined')).toEqual(['ana', 'bo', 'cy100']);
  expect(await order('-joined')).toEqual(['cy100', 'bo', 'ana']);
});

test('finds by any part of name, username or address, taken literally', async ({ orm, staff }) => {
  const found = async (search: string) =>
    (await pageOfAdmins(orm.em.fork(), { ...query, search }, first)).items.map(({ username }) => username);
  expect(await found('RUIZ')).toEqual(['ana', 'bo']);
  expect(await found('bo ru')).toEqual(['bo']);
  expect(await found('cy100@')).toEqual(['cy100']);
  expect(await found('_%')).toEqual(['cy100']);
  expect(await found('%')).toEqual(['cy100']);
  expect(await found(`' or true --`)).toEqual([]);
  const sales = await pageOfAdmins(orm.em.fork(), { ...query, role: staff.sales.id }, first);
  expect(sales.items.map(({ username }) => username)).toEqual(['ana', 'cy100']);
});

test('shows one, disabled ones too', async ({ orm, staff }) => {
  expect(await adminById(orm.em.fork(), staff.gone.id).then(row => row && presentAdmin(row, actorOf(staff.ana)))).toMatchObject({
    username: 'gone',
    state: 'disabled',
  });
  expect(await adminById(orm.em.fork(), staff.sales.id)).toBeUndefined();
});
