import { expect } from 'vitest';
import { explainDenial } from '#server/roles/explain.ts';
import { giversOf } from '#server/roles/givers.ts';
import { Role } from '#server/roles/Role.ts';
import { actorOf, furnish, someone, visitor, withRoles } from '../../support/people.ts';
import { test } from '../../support/world.ts';

test('a refusal names the right in words, the roles that grant it with what they imply, and up to five who can give them', async ({
  orm,
}) => {
  const em = orm.em.fork();
  await furnish(em);
  const full = await em.findOneOrFail(Role, { superadmin: true });
  const support = await em.findOneOrFail(Role, { name: 'Support Operator' });
  const disabled = await withRoles(em, full);
  disabled.disabledAt = new Date();
  await em.flush();
  await withRoles(em, support);
  const owners = [];
  for (let i = 0; i < 6; i += 1) owners.push((await withRoles(em, full, support)).name);
  expect(await explainDenial(orm.em.fork(), 'roles.view', visitor)).toEqual({
    permission: 'roles.view',
    label: 'View roles',
    roles: ['Full Administrator', 'Support Operator'],
    people: owners.sort().slice(0, 5),
  });
});

test('a right is given by those who may edit accounts, hold what its role grants, and are not weaker than the person', async ({ orm }) => {
  const em = orm.em.fork();
  const queues = em.create(Role, { name: 'Queue watch', description: '', permissions: ['queues.view'] });
  await em.flush();
  const asker = await someone(em, 'dashboard.view');
  const strong = await someone(em, 'keys.edit');
  const editor = await someone(em, 'admins.edit', 'queues.view', 'dashboard.view');
  const poor = await someone(em, 'admins.edit', 'dashboard.view');
  const bystander = await someone(em, 'queues.view', 'dashboard.view');
  const names = async (person: typeof asker) =>
    (await giversOf(orm.em.fork(), 'queues.view', actorOf(person)))
      .map(({ id }) => id)
      .filter(id => [asker, strong, editor, poor, bystander].some(one => one.id === id));
  expect(queues.permissions).toEqual(['queues.view']);
  expect(await names(asker)).toEqual([editor.id]);
  expect(await names(strong), 'nobody gives anything to somebody stronger').toEqual([]);
  expect(await names(editor), 'nor to themselves').toEqual([]);
  editor.disabledAt = new Date();
  await em.flush();
  expect(await names(asker)).toEqual([]);
});
