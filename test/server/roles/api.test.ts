import { expect } from 'vitest';
import { PERMISSIONS } from '#contract/permissions.ts';
import { test } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

test('shows the roles with what they imply, who holds them, and which of them the reader can give', async ({ owner, server, orm }) => {
  const { items } = await owner.call('GET /roles');
  expect(items.map(({ name, superadmin, grantable }) => [name, superadmin, grantable])).toEqual([
    ['Full Administrator', true, true],
    ['Sales Operator', false, true],
    ['Support Operator', false, true],
  ]);
  const [full, , support] = items;
  expect(full).toMatchObject({ people: [{ name: 'Ana Ruiz' }], effective: [...PERMISSIONS] });
  expect(support?.effective).toContain('roles.view');
  expect(support?.permissions).not.toContain('roles.view');

  const em = orm.em.fork();
  const reader = await browserOf(
    em,
    await someone(em, 'roles.view', 'dashboard.view', 'presence.view', 'overview.view', 'billing.view', 'orders.view', 'clients.view'),
    server.url,
  );
  const seen = (await reader.call('GET /roles')).items;
  expect(Object.fromEntries(seen.map(({ name, grantable }) => [name, grantable]))).toMatchObject({
    'Full Administrator': false,
    'Sales Operator': true,
    'Support Operator': false,
  });
  expect(await reader.call('GET /roles/:id', { params: { id: support?.id ?? '' } })).toMatchObject({
    name: 'Support Operator',
    grantable: false,
  });
  for (const id of ['none', '00000000-0000-7000-8000-000000000000'])
    expect(await reader.codeOf('GET /roles/:id', { params: { id } })).toBe('not_found');
});

test('says every right in words', async ({ owner }) => {
  const { items } = await owner.call('GET /permissions');
  expect(items.map(({ id }) => id)).toEqual(PERMISSIONS);
  expect(items.find(({ id }) => id === 'admins.invite')).toEqual({
    id: 'admins.invite',
    label: 'Invite staff',
    group: 'People',
    effect: 'Sends, resends and revokes invitations to roles that grant no more than their own.',
    implies: ['admins.view'],
    highImpact: true,
  });
});
