import { expect } from 'vitest';
import type { RoleView } from '#contract/roles.ts';
import { Totp } from '#server/auth/SecondFactor.ts';
import { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { inviteBy } from '../../support/invite.ts';
import { browserOf, someRole, someone, withRoles } from '../../support/people.ts';
import { newest, some, test } from './lead.ts';

test('makes a role with what is asked for, once under a name', async ({ owner, em }) => {
  const made = await owner.call('POST /roles', {
    body: {
      name: '  Shift lead ',
      description: 'Watches the night.',
      permissions: ['queues.view', 'admins.invite', 'queues.view'],
      messageTypes: ['support', 'system'],
      secondFactorDemanded: true,
      secondFactorGraceDays: 3,
      keepSignedIn: false,
    },
  });
  expect(made).toMatchObject({
    name: 'Shift lead',
    permissions: ['queues.view', 'admins.invite'],
    effective: some<string[]>(expect.arrayContaining(['queues.view', 'admins.invite', 'admins.view', 'roles.view'])),
    messageTypes: ['system', 'support'],
    secondFactorDemanded: true,
    secondFactorGraceDays: 3,
    keepSignedIn: false,
    people: [],
    holders: 0,
    invitations: 0,
    locked: null,
    changed: { by: 'Ana Ruiz' },
  });
  expect((await newest(em, 'role.added')).facts).toMatchObject({
    roleId: made.id,
    role: 'Shift lead',
    permissions: ['queues.view', 'admins.invite'],
  });
  expect(await owner.codeOf('POST /roles', { body: { name: 'sHIFT lEAD' } })).toBe('name_taken');
  expect(await owner.codeOf('PATCH /roles/:id', { params: { id: made.id }, body: { version: made.version, name: 'Sales operator' } })).toBe(
    'name_taken',
  );
});

test('refuses what makes no role, and names the field', async ({ owner }) => {
  const wrong: [object, string][] = [
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ name: 'A', permissions: ['staff.rule'] }, 'permissions.0'],
    [{ name: 'A', permissions: 'queues.view' }, 'permissions'],
    [{ name: 'A', messageTypes: ['sms'] }, 'messageTypes.0'],
    [{ name: 'A', secondFactorGraceDays: 31 }, 'secondFactorGraceDays'],
    [{ name: 'A', secondFactorGraceDays: -1 }, 'secondFactorGraceDays'],
    [{ name: 'A', secondFactorGraceDays: 1.5 }, 'secondFactorGraceDays'],
    [{ name: 'A', superadmin: true }, 'superadmin'],
    [{ name: 'A', version: 9 }, 'version'],
    [{ name: 'A\0' }, 'name'],
  ];
  for (const [body, field] of wrong)
    await expect(owner.call('POST /roles', { body }), field).rejects.toMatchObject({
      problem: { code: 'invalid', fields: { [field]: some<string>(expect.any(String)) } },
    });
});

test('a change is written down with before and after, and the second of two editors is told', async ({ owner, em }) => {
  const role = await someRole(em, 'queues.view');
  const holder = await withRoles(em, role);
  const change = { version: role.version, permissions: ['activity.view' as const, 'queues.view' as const], secondFactorGraceDays: 2 };
  const changed = await owner.call('PATCH /roles/:id', { params: { id: role.id }, body: change });
  expect(changed).toMatchObject({ version: role.version + 1, permissions: ['queues.view', 'activity.view'], changed: { by: 'Ana Ruiz' } });
  expect((await newest(em, 'role.edited')).facts).toEqual({
    roleId: role.id,
    role: role.name,
    people: 1,
    changes: {
      permissions: { before: ['queues.view'], after: ['queues.view', 'activity.view'] },
      secondFactorGraceDays: { before: 7, after: 2 },
    },
  });
  await expect(owner.call('PATCH /roles/:id', { params: { id: role.id }, body: change })).rejects.toMatchObject({
    problem: { code: 'conflict', detail: 'Ana Ruiz changed this role in the meantime.' },
  });
  const before = await em.fork().count(Event, { type: 'role.edited' });
  const same = await owner.call('PATCH /roles/:id', { params: { id: role.id }, body: { version: changed.version, name: role.name } });
  expect(same.version).toBe(changed.version);
  expect(await em.fork().count(Event, { type: 'role.edited' })).toBe(before);
  expect(await em.fork().findOneOrFail(Admin, holder.id)).toMatchObject({
    rightsEpoch: 2,
    rightsChangedBy: 'Ana Ruiz',
    version: holder.version,
  });
});

test('Full Administrator stays as it is, for everybody', async ({ owner, em }) => {
  const full = (await owner.call('GET /roles')).items.find(({ superadmin }) => superadmin) as RoleView;
  expect(full.locked).toBe('built_in');
  const [params, version] = [{ id: full.id }, full.version];
  expect(await owner.codeOf('PATCH /roles/:id', { params, body: { version, permissions: [] } })).toBe('built_in');
  expect(await owner.codeOf('POST /roles/:id/review', { params, body: { version, permissions: [] } })).toBe('built_in');
  const other = await someRole(em, 'queues.view');
  expect(await owner.codeOf('DELETE /roles/:id', { params, query: { version, moveTo: other.id } })).toBe('built_in');
});

test('nobody edits a role beyond their rights, one they hold, or one of somebody stronger, by any of the routes', async ({ lead, em }) => {
  const own = (await lead.call('GET /session')).me.roles[0]?.id ?? '';
  const within = await someRole(em, 'overview.view');
  const beyond = await someRole(em, 'overview.view', 'queues.view');
  const shared = await someRole(em, 'overview.view');
  const stronger = await withRoles(em, shared, beyond);
  const views = new Map((await lead.call('GET /roles')).items.map(role => [role.id, role.locked]));
  expect([within, beyond, shared].map(({ id }) => views.get(id))).toEqual([null, 'beyond_your_rights', 'held_by_stronger']);
  expect(views.get(own)).toBe('your_own');
  for (const [id, code] of [
    [own, 'not_yourself'],
    [beyond.id, 'beyond_your_rights'],
    [shared.id, 'stronger_than_you'],
  ] as const) {
    const [params, body] = [{ id }, { version: 1, description: 'Mine now' }];
    expect(await lead.codeOf('PATCH /roles/:id', { params, body })).toBe(code);
    expect(await lead.codeOf('POST /roles/:id/review', { params, body })).toBe(code);
    expect(await lead.codeOf('DELETE /roles/:id', { params, query: { version: 1, moveTo: within.id } })).toBe(code);
    expect(await lead.codeOf('GET /roles/:id/removal', { params, query: { version: 1, moveTo: within.id } })).toBe(code);
  }
  await expect(lead.call('PATCH /roles/:id', { params: { id: shared.id }, body: { version: 1, permissions: [] } })).rejects.toMatchObject({
    problem: { detail: `${stronger.name} holds this role and more than you do.` },
  });
  const params = { id: within.id };
  await expect(
    lead.call('PATCH /roles/:id', { params, body: { version: 1, permissions: ['overview.view', 'admins.disable'] } }),
  ).rejects.toMatchObject({
    problem: { code: 'beyond_your_rights', fields: { permissions: some<string>(expect.stringContaining('Disable staff and View staff')) } },
  });
  expect(await lead.codeOf('POST /roles', { body: { name: 'Mole', permissions: ['keys.edit'] } })).toBe('beyond_your_rights');
  expect(await lead.codeOf('PATCH /roles/:id', { params, body: { version: 1, permissions: ['overview.view', 'presence.view'] } })).toBe(
    'ok',
  );
  expect(await lead.codeOf('DELETE /roles/:id', { params, query: { version: 2 } })).toBe('ok');
});

test('whoever may only see roles, and whoever has just lost the right to edit them, is refused', async ({ em, server, owner }) => {
  const role = await someRole(em, 'queues.view');
  const reader = await browserOf(em, await someone(em, 'roles.view', 'queues.view'), server.url);
  await expect(reader.call('PATCH /roles/:id', { params: { id: role.id }, body: { version: 1, name: 'Mine' } })).rejects.toMatchObject({
    problem: { code: 'forbidden', missing: { permission: 'roles.edit' } },
  });
  expect((await reader.call('GET /roles/:id', { params: { id: role.id } })).locked).toBe('no_right');

  const editing = await someRole(em, 'roles.edit', 'queues.view');
  const editor = await browserOf(em, await withRoles(em, editing), server.url);
  expect(await editor.codeOf('POST /roles', { body: { name: 'Last one' } })).toBe('ok'); // the door knows them from here on
  await owner.call('PATCH /roles/:id', { params: { id: editing.id }, body: { version: editing.version, permissions: ['roles.view'] } });
  expect(await editor.codeOf('POST /roles', { body: { name: 'One more' } })).toBe('forbidden');
});

test('asks holders without a second factor from the moment a role demands it, and not once no role does', async ({ owner, em }) => {
  const role = await someRole(em, 'queues.view');
  const [without, ready] = [await withRoles(em, role), await withRoles(em, role)];
  em.create(Totp, { admin: ready, secret: Buffer.from('x'), confirmedAt: new Date() });
  await em.flush();
  const params = { id: role.id };
  const body = { version: role.version, secondFactorDemanded: true };
  expect((await owner.call('POST /roles/:id/review', { params, body })).withoutSecondFactor).toEqual([
    { id: without.id, name: without.name },
  ]);
  const { version } = await owner.call('PATCH /roles/:id', { params, body });
  const askedAt = async (admin: Admin) => (await em.fork().findOneOrFail(Admin, admin.id)).secondFactorAskedAt;
  expect(await askedAt(without)).toBeInstanceOf(Date);
  expect(await askedAt(ready)).toBeNull();
  await owner.call('PATCH /roles/:id', { params, body: { version, secondFactorDemanded: false } });
  expect(await askedAt(without)).toBeNull();
});

test('a review says who gains and loses what, with widgets, and changes nothing', async ({ owner, em }) => {
  const role = await someRole(em, 'dashboard.view', 'queues.view');
  const other = await someRole(em, 'activity.view', 'queues.view');
  const [plain, plain2, both] = [await withRoles(em, role), await withRoles(em, role), await withRoles(em, role, other)];
  const disabled = await withRoles(em, role);
  disabled.disabledAt = new Date();
  await em.flush();
  const invitation = await inviteBy(owner, { email: 'late@northwind.example', roleIds: [role.id] });
  const params = { id: role.id };
  const review = await owner.call('POST /roles/:id/review', {
    params,
    body: { version: role.version, permissions: ['dashboard.view', 'activity.view', 'presence.view'] },
  });
  expect(review.outcomes.map(outcome => ({ ...outcome, people: outcome.people.map(({ id, disabled }) => [id, disabled]).sort() }))).toEqual(
    [
      {
        people: [
          [plain.id, false],
          [plain2.id, false],
          [disabled.id, true],
        ].sort(),
        gains: ['presence.view', 'activity.view'],
        loses: ['queues.view'],
        appear: some<string[]>(expect.arrayContaining(['Staff Online', 'Activity'])),
        vanish: ['Automation', 'Needs attention: jobs', 'Queues'],
      },
      { people: [[both.id, false]], gains: ['presence.view'], loses: [], appear: ['Staff Online'], vanish: [] },
    ],
  );
  expect(review.invitations).toEqual([{ id: invitation.id, email: 'late@northwind.example' }]);
  expect(await owner.call('GET /roles/:id', { params })).toMatchObject({
    version: role.version,
    holders: 3,
    disabledHolders: 1,
    invitations: 1,
  });
});

test('what changed holds for the next request of its people, and several roles add up', async ({ owner, em, server }) => {
  const [first, second] = [await someRole(em, 'queues.view'), await someRole(em, 'activity.view', 'queues.view')];
  const browser = await browserOf(em, await withRoles(em, first, second), server.url);
  const permissions = async () => (await browser.call('GET /session')).permissions.toSorted();
  expect(await permissions()).toEqual(['activity.view', 'queues.view']);
  await owner.call('PATCH /roles/:id', { params: { id: first.id }, body: { version: first.version, permissions: [] } });
  await expect.poll(permissions).toEqual(['activity.view', 'queues.view']);
  await owner.call('PATCH /roles/:id', { params: { id: second.id }, body: { version: second.version, permissions: ['keys.edit'] } });
  await expect.poll(permissions).toEqual(['keys.edit', 'keys.view']);
  expect(await browser.codeOf('GET /queues')).toBe('forbidden');
  expect(await browser.codeOf('GET /api-keys')).toBe('ok');
});
