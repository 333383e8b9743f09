import { expect } from 'vitest';
import { Role } from '#server/roles/Role.ts';
import { ensureFirstRoles } from '#server/roles/first-roles.ts';
import { test } from '../../support/world.ts';

test('an installation starts with three roles, however many processes start at once, and never gets a deleted one back', async ({
  orm,
}) => {
  await Promise.all(Array.from({ length: 5 }, () => ensureFirstRoles(orm.em.fork())));
  const em = orm.em.fork();
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' } });
  expect(roles.map(({ name, superadmin, permissions }) => [name, superadmin, [...permissions].sort()])).toEqual([
    ['Full Administrator', true, []],
    ['Sales Operator', false, ['billing.view', 'clients.view', 'dashboard.view', 'orders.view', 'overview.view', 'presence.view']],
    [
      'Support Operator',
      false,
      ['activity.view', 'admins.view', 'clients.view', 'dashboard.view', 'overview.view', 'presence.view', 'queues.view', 'tickets.view'],
    ],
  ]);
  await em.nativeDelete(Role, { name: 'Sales Operator' });
  await ensureFirstRoles(orm.em.fork());
  expect(await em.count(Role)).toBe(2);
});
