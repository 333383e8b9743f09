import { expect } from 'vitest';
import { Role } from '#server/roles/Role.ts';
import { explainDenial } from '#server/roles/explain.ts';
import { ensureFirstRoles } from '#server/roles/first-roles.ts';
import { withRoles } from '../../support/people.ts';
import { test } from '../../support/world.ts';

test('an installation starts with three roles, however many processes start at once, and never gets a deleted one back', async ({
  orm,
}) => {
  await Promise.all(Array.from({ length: 5 }, () => ensureFirstRoles(orm.em.fork())));
  const em = orm.em.fork();
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' } });
  expect(roles.map(({ name, superadmin, permissions }) => [name, superadmin, [...permissions].sort()])).toEqual([
    ['Full Administrator', true, []],
    ['Sales Operator', false, ['dashboard.view', 'overview.view', 'presence.view']],
    ['Support Operator', false, ['activity.view', 'admins.view', 'dashboard.view', 'overview.view', 'presence.view', 'queues.view']],
  ]);
  await em.nativeDelete(Role, { name: 'Sales Operator' });
  await ensureFirstRoles(orm.em.fork());
  expect(await em.count(Role)).toBe(2);
});

test('a refusal names the right in words, the roles that grant it with what they imply, and up to five who can give them', async ({
  orm,
}) => {
  const em = orm.em.fork();
  const full = await em.findOneOrFail(Role, { superadmin: true });
  const support = await em.findOneOrFail(Role, { name: 'Support Operator' });
  const disabled = await withRoles(em, full);
  disabled.disabledAt = new Date();
  await em.flush();
  await withRoles(em, support);
  const owners = [];
  for (let i = 0; i < 6; i += 1) owners.push((await withRoles(em, full, support)).name);
  const missing = await explainDenial(orm.em.fork(), 'roles.view');
  expect(missing).toEqual({
    permission: 'roles.view',
    label: 'View roles',
    roles: ['Full Administrator', 'Support Operator'],
    people: owners.sort().slice(0, 5),
  });
});
