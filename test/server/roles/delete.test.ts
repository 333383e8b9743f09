import { expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { inviteBy } from '../../support/invite.ts';
import { browserOf, someRole, someone, withRoles } from '../../support/people.ts';
import { newest, some, test } from './lead.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

test('a deleted role takes nobody’s way in: its people and open invitations move in the same moment', async ({ owner, em }) => {
  const [role, target, other] = [await someRole(em, 'queues.view'), await someRole(em, 'activity.view'), await someRole(em, 'rules.view')];
  const [one, both] = [await withRoles(em, role), await withRoles(em, role, target)];
  const invitation = await inviteBy(owner, { email: 'moved@northwind.example', roleIds: [role.id, other.id] });
  const [params, version] = [{ id: role.id }, role.version];
  await expect(owner.call('DELETE /roles/:id', { params, query: { version } })).rejects.toMatchObject({
    problem: { code: 'in_use', detail: some<string>(expect.stringContaining('2 people and 1 open invitation')) },
  });
  for (const moveTo of [role.id, NOBODY])
    expect(await owner.codeOf('DELETE /roles/:id', { params, query: { version, moveTo } })).toBe('invalid');
  expect(await owner.codeOf('DELETE /roles/:id', { params, query: { version: version + 1, moveTo: target.id } })).toBe('conflict');
  const review = await owner.call('GET /roles/:id/removal', { params, query: { version, moveTo: target.id } });
  expect(review.outcomes).toHaveLength(2);
  expect(await owner.call('DELETE /roles/:id', { params, query: { version, moveTo: target.id } })).toEqual({ people: 2, invitations: 1 });

  const after = em.fork();
  for (const { id } of [one, both]) {
    const admin = await after.findOneOrFail(Admin, id, { populate: ['roles'] });
    expect(admin.roles.getItems().map(held => held.id)).toEqual([target.id]);
    expect(admin).toMatchObject({ rightsEpoch: 2, rightsChangedBy: 'Ana Ruiz' });
  }
  const invited = await after.findOneOrFail(Invitation, invitation.id, { populate: ['roles'] });
  expect(
    invited.roles
      .getItems()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([target.id, other.id].sort());
  expect((await newest(em, 'role.deleted')).facts).toMatchObject({ role: role.name, movedTo: target.name, people: 2, invitations: 1 });
  expect((await newest(em, 'invitation.edited')).facts).toMatchObject({
    email: 'moved@northwind.example',
    changes: { roles: { before: [role.name, other.name].sort() } },
  });
  const moved = await after.find(Event, { type: 'rights.changed' });
  expect(moved.map(({ facts }) => facts)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ adminId: one.id, roles: [target.name], changes: { roles: { before: [role.name], after: [target.name] } } }),
    ]),
  );
  expect(await owner.codeOf('GET /roles/:id', { params })).toBe('not_found');
});

test('people are not moved to what the one who moves them cannot give', async ({ lead, em }) => {
  const [role, strong] = [await someRole(em, 'overview.view'), await someRole(em, 'queues.view')];
  await withRoles(em, role);
  const full = (await lead.call('GET /roles')).items.find(({ superadmin }) => superadmin)?.id ?? '';
  for (const moveTo of [strong.id, full])
    expect(await lead.codeOf('DELETE /roles/:id', { params: { id: role.id }, query: { version: role.version, moveTo } })).toBe(
      'beyond_your_rights',
    );
});

test('whoever moves an invitation answers for it where its inviter could not give the new role', async ({ owner, em, server }) => {
  const [role, target] = [await someRole(em, 'queues.view'), await someRole(em, 'keys.view')];
  const inviter = await someone(em, 'admins.invite', 'queues.view');
  const browser = await browserOf(em, inviter, server.url);
  const { id } = await inviteBy(browser, { email: 'orphan@northwind.example', roleIds: [role.id] });
  await owner.call('DELETE /roles/:id', { params: { id: role.id }, query: { version: role.version, moveTo: target.id } });
  expect(await owner.call('GET /invitations/:id', { params: { id } })).toMatchObject({
    state: 'pending',
    invitedBy: { name: 'Ana Ruiz' },
    roles: [{ id: target.id }],
  });
});
