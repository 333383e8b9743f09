import { expect } from 'vitest';
import type { DepartmentView } from '#contract/departments.ts';
import { chooseDepartments } from '#server/departments/choose-departments.ts';
import { departmentsOf } from '#server/departments/queries.ts';
import { Event } from '#server/events/Event.ts';
import { Invitation, InvitationDepartment } from '#server/invitations/Invitation.ts';
import { newLink } from '#server/invitations/link.ts';
import { test as app } from '../../support/app.ts';
import type { Caller } from '../../support/caller.ts';
import { actorOf, browserOf, secrets, someone } from '../../support/people.ts';

const test = app.extend('editor', { scope: 'file' }, async ({ owner, server, orm }) => {
  expect(owner.cookie).not.toBe('');
  const em = orm.em.fork();
  const admin = await someone(em, 'departments.edit', 'dashboard.view');
  return { admin, caller: await browserOf(em, admin, server.url) };
});

const add = (caller: Caller, name: string): Promise<DepartmentView> => caller.call('POST /departments', { body: { name } });
const order = async (caller: Caller): Promise<string[]> => (await caller.call('GET /departments')).items.map(({ name }) => name);

test('departments are added at the end, and neighbours change places', async ({ editor: { caller } }) => {
  const [, sales, support] = [await add(caller, 'Billing'), await add(caller, 'Sales'), await add(caller, 'Support')];
  expect(await order(caller)).toEqual(['Billing', 'Sales', 'Support']);
  expect(await caller.codeOf('POST /departments', { body: { name: 'sALES' } })).toBe('name_taken');
  const moved = await caller.call('POST /departments/:id/move', { params: { id: support.id }, body: { to: 'up' } });
  expect(moved.items.map(({ name, position }) => [name, position])).toEqual([
    ['Billing', 0],
    ['Support', 1],
    ['Sales', 2],
  ]);
  await caller.call('POST /departments/:id/move', { params: { id: sales.id }, body: { to: 'down' } });
  expect(await order(caller), 'the last one stays').toEqual(['Billing', 'Support', 'Sales']);
  // twenty that all want up at once: each change is whole, and the places stay 0, 1, 2
  await Promise.all(
    Array.from({ length: 20 }, () => caller.call('POST /departments/:id/move', { params: { id: sales.id }, body: { to: 'up' } })),
  );
  expect((await caller.call('GET /departments')).items.map(({ name, position }) => [name, position])).toEqual([
    ['Sales', 0],
    ['Billing', 1],
    ['Support', 2],
  ]);
});

test('of two editors at once one is told; a change is recorded with before and after', async ({ editor: { caller }, orm }) => {
  const { id, version } = await add(caller, 'Legal');
  const edits = await Promise.all(
    ['One', 'Two', 'Three'].map(name => caller.codeOf('PATCH /departments/:id', { params: { id }, body: { version, name } })),
  );
  expect(edits.toSorted()).toEqual(['conflict', 'conflict', 'ok']);
  const { name, version: next } = await caller.call('GET /departments/:id', { params: { id } });
  expect(next).toBe(version + 1);
  const event = await orm.em.fork().findOneOrFail(Event, { type: 'department.edited', facts: { departmentId: id } });
  expect(event.facts).toMatchObject({ department: name, changes: { name: { before: 'Legal', after: name } } });
  expect(await caller.codeOf('PATCH /departments/:id', { params: { id }, body: { version: next, name: 'SALES' } })).toBe('name_taken');
  await caller.call('PATCH /departments/:id', { params: { id }, body: { version: next, name } });
  expect((await caller.call('GET /departments/:id', { params: { id } })).version, 'what is so is no change').toBe(next);
});

test('a person is put in, hears of tickets or not, and is taken out', async ({ editor: { caller }, orm }) => {
  const em = orm.em.fork();
  const { id } = await add(caller, 'Network');
  const person = await someone(em, 'dashboard.view');
  const params = { id, adminId: person.id };
  await caller.call('PUT /departments/:id/members/:adminId', { params, body: { ticketNotifications: true } });
  await caller.call('PUT /departments/:id/members/:adminId', { params, body: { ticketNotifications: false } });
  expect(await caller.call('GET /departments/:id', { params: { id } })).toMatchObject({ members: 1, notified: 0 });
  expect(await caller.call('GET /departments/:id/members', { params: { id } })).toMatchObject({
    items: [{ id: person.id, name: person.name, ticketNotifications: false }],
    total: 1,
    pageSize: 50,
  });
  await caller.call('DELETE /departments/:id/members/:adminId', { params });
  const before = await em.count(Event, { type: 'admin.departments-changed' });
  await caller.call('DELETE /departments/:id/members/:adminId', { params });
  expect(await em.count(Event, { type: 'admin.departments-changed' }), 'twice is once').toBe(before);
  const events = await em.find(Event, { type: 'admin.departments-changed' }, { orderBy: { id: 'asc' } });
  expect(events.map(({ facts }) => facts['changes'])).toEqual([
    { departments: { before: {}, after: { Network: 'with ticket notifications' } } },
    { departments: { before: { Network: 'with ticket notifications' }, after: { Network: 'without' } } },
    { departments: { before: { Network: 'without' }, after: {} } },
  ]);
});

test('whoever edits the account meanwhile is told, instead of writing back what they had loaded', async ({ editor, owner, orm }) => {
  const { id } = await add(editor.caller, 'Between');
  const { id: other } = await add(editor.caller, 'Beside');
  const person = await someone(orm.em.fork(), 'dashboard.view');
  const params = { id, adminId: person.id };
  await editor.caller.call('PUT /departments/:id/members/:adminId', { params, body: { ticketNotifications: true } });
  const loaded = await owner.call('GET /admins/:id', { params: { id: person.id } });
  await editor.caller.call('DELETE /departments/:id/members/:adminId', { params });
  const departments = [id, other].map(id => ({ id, ticketNotifications: true }));
  const late = { version: loaded.version, departments };
  expect(await owner.codeOf('PATCH /admins/:id', { params: { id: person.id }, body: late })).toBe('conflict');
  expect(await departmentsOf(orm.em.fork(), person.id)).toEqual([]);
});

test('nobody decides about somebody stronger, somebody disabled, or a thing that is not there', async ({ editor, owner, orm }) => {
  const em = orm.em.fork();
  const { id } = await add(editor.caller, 'Strong');
  const { me } = await owner.call('GET /session');
  const gone = await someone(em, 'dashboard.view');
  gone.disabledAt = new Date();
  await em.flush();
  const put = (id: string, adminId: string) =>
    editor.caller.codeOf('PUT /departments/:id/members/:adminId', { params: { id, adminId }, body: { ticketNotifications: true } });
  expect(await put(id, me.id)).toBe('stronger_than_you');
  expect(await put(id, gone.id)).toBe('not_found');
  expect(await put(editor.admin.id, editor.admin.id)).toBe('not_found');
  expect(await put(id, editor.admin.id)).toBe('ok');
  expect((await editor.caller.call('GET /departments/:id', { params: { id } })).members).toBe(1);
});

test('deleting says how many lose it, and they do', async ({ editor: { caller, admin }, orm }) => {
  const em = orm.em.fork();
  const [{ id }, { id: other }] = [await add(caller, 'Passing'), await add(caller, 'Staying')];
  const person = await someone(em, 'dashboard.view');
  await em.transactional(em =>
    chooseDepartments(em, actorOf(admin), person, [
      { id, ticketNotifications: true },
      { id: other, ticketNotifications: false },
    ]),
  );
  const invitation = em.create(Invitation, {
    email: 'new@northwind.example',
    invitedBy: admin.id,
    ...newLink(secrets),
    expiresAt: new Date(Date.now() + 1000),
  });
  em.create(InvitationDepartment, { invitation, department: id, name: 'Leaving' });
  await em.flush();
  expect(await caller.call('GET /departments/:id', { params: { id } })).toMatchObject({ members: 1, notified: 1, invitations: 1 });
  const deletions = await Promise.allSettled(Array.from({ length: 5 }, () => caller.call('DELETE /departments/:id', { params: { id } })));
  const done = deletions.filter(deletion => deletion.status === 'fulfilled').map(({ value }) => value);
  expect(done).toEqual([{ members: 1, invitations: 1 }]);
  expect(await departmentsOf(em, person.id)).toEqual([{ id: other, name: 'Staying', ticketNotifications: false }]);
  // the invitation keeps its name, to tell whoever accepts that they do not join it
  expect(await em.fork().find(InvitationDepartment, {})).toMatchObject([{ department: null, name: 'Leaving' }]);
  const { items } = await caller.call('GET /departments');
  expect(items.map(({ position }) => position)).toEqual(items.map((_, i) => i));
});

test('choices name each department once, and only those that exist', async ({ editor: { caller, admin }, orm }) => {
  const em = orm.em.fork();
  const { id } = await add(caller, 'Once');
  const person = await someone(em, 'dashboard.view');
  const choose = (ids: string[]) =>
    em.transactional(em =>
      chooseDepartments(
        em,
        actorOf(admin),
        person,
        ids.map(id => ({ id, ticketNotifications: true })),
      ),
    );
  expect(await choose([id])).toBe(true);
  expect(await choose([id]), 'the same again is no change').toBe(false);
  await expect(choose([id, person.id])).rejects.toMatchObject({
    code: 'invalid',
    extra: { fields: { departments: expect.any(String) as string } },
  });
  expect((await departmentsOf(em, person.id)).map(({ name }) => name)).toEqual(['Once']);
});

test('whoever may see staff sees departments; only whoever may edit them changes one', async ({ server, orm, editor }) => {
  const em = orm.em.fork();
  const reader = await browserOf(em, await someone(em, 'admins.view'), server.url);
  const stranger = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
  expect(await reader.codeOf('GET /departments')).toBe('ok');
  expect(await reader.codeOf('POST /departments', { body: { name: 'Mine' } })).toBe('forbidden');
  expect(await stranger.codeOf('GET /departments')).toBe('forbidden');
  for (const body of [{ name: '' }, { name: 'x'.repeat(101) }, { name: 'a', position: 3 }, { name: 'a\0' }])
    expect(await editor.caller.codeOf('POST /departments', { body })).toBe('invalid');
});
