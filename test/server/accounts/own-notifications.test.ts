import { expect } from 'vitest';
import { MESSAGE_TYPES } from '#contract/message-types.ts';
import { unwantedBecause } from '#server/admins/message-types.ts';
import { chooseDepartments } from '#server/departments/choose-departments.ts';
import { Department } from '#server/departments/Department.ts';
import { Event } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { newLink } from '#server/invitations/link.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { test as app } from '../../support/app.ts';
import { actorOf, browserOf, secrets, someRole, someone, withRoles } from '../../support/people.ts';
import { startWork } from '../../support/settle.ts';

const test = app.extend('work', { scope: 'file' }, async ({ database, redisUrl, owner }, { onCleanup }) => {
  expect(owner.cookie).not.toBe('');
  const work = await startWork(database, redisUrl);
  onCleanup(() => work.stop());
  return work;
});

test('each switch is a choice by itself, within what roles and departments give', async ({ server, orm, owner }) => {
  expect(owner.cookie).not.toBe('');
  const em = orm.em.fork();
  const [sales, support] = [em.create(Department, { name: 'Sales' }), em.create(Department, { name: 'Support', position: 1 })];
  const role = await someRole(em, 'dashboard.view');
  role.messageTypes = ['account', 'support'];
  const admin = await withRoles(em, role);
  await em.flush();
  await em.transactional(em => chooseDepartments(em, actorOf(admin), admin, [{ id: support.id, ticketNotifications: true }]));
  const caller = await browserOf(em, admin, server.url);

  const before = await caller.call('GET /me/notifications');
  expect(before).toMatchObject({
    departments: [{ id: support.id, name: 'Support', ticketNotifications: true }],
    messageTypes: [
      { type: 'system', wanted: true, roles: [] },
      { type: 'account', wanted: true, roles: [role.name] },
      { type: 'support', wanted: true, roles: [role.name] },
    ],
  });
  // all at once from several pages: nothing is lost
  const { version } = await owner.call('GET /admins/:id', { params: { id: admin.id } });
  const [, , last] = await Promise.all([
    caller.call('PATCH /me/notifications', { body: { department: { id: support.id, ticketNotifications: false } } }),
    caller.call('PATCH /me/notifications', { body: { messageType: { type: 'account', wanted: false } } }),
    caller.call('PATCH /me/notifications', { body: { messageType: { type: 'support', wanted: false } } }),
  ]);
  expect(last.departments).toHaveLength(1);
  const after = await caller.call('GET /me/notifications');
  expect(after.departments[0]?.ticketNotifications).toBe(false);
  expect(after.messageTypes.map(({ wanted }) => wanted)).toEqual([true, false, false]);
  const again = await caller.call('PATCH /me/notifications', { body: { messageType: { type: 'support', wanted: false } } });
  expect(again.version, 'what is so is no change').toBe(after.version);
  expect(await caller.codeOf('PATCH /me/notifications', { body: { department: { id: sales.id, ticketNotifications: true } } })).toBe(
    'not_found',
  );
  expect(await caller.codeOf('PATCH /me/notifications', { body: { messageType: { type: 'spam', wanted: true } } })).toBe('invalid');
  const events = await em.find(Event, { facts: { adminId: admin.id }, type: { $in: ['admin.edited', 'admin.departments-changed'] } });
  expect(events.filter(({ type }) => type === 'admin.edited')).toHaveLength(2);
  // whoever has the account open to edit it would write back the switches they loaded
  const departments = [{ id: support.id, ticketNotifications: true }];
  expect(after.version).toBe(version + 3);
  expect(await owner.codeOf('PATCH /admins/:id', { params: { id: admin.id }, body: { version, departments } })).toBe('conflict');
});

test('a kind comes if any role sends it and the person wants it', async ({ orm, owner }) => {
  expect(owner.cookie).not.toBe('');
  const em = orm.em.fork();
  const [one, two] = [await someRole(em), await someRole(em)];
  one.messageTypes = [];
  two.messageTypes = ['system'];
  const admin = await withRoles(em, one, two);
  await em.flush();
  const comes = () => Promise.all(MESSAGE_TYPES.map(async type => (await unwantedBecause(em, admin.id, type)) === undefined));
  expect(await comes()).toEqual([true, false, false]);
  admin.messageTypesOff = ['system', 'support'];
  await em.flush();
  expect(await comes()).toEqual([false, false, false]);
  expect((await unwantedBecause(em, admin.id, 'system'))?.en).toMatch('switched off');
  expect((await unwantedBecause(em, admin.id, 'account'))?.en).toMatch('No role');
});

test('it is read when the mail is about to be sent: what was switched off after it was queued does not leave', async ({ orm, work }) => {
  const em = orm.em.fork();
  const inviter = await someone(em, 'admins.invite');
  const invitation = em.create(Invitation, {
    email: 'late@northwind.example',
    invitedBy: inviter,
    roles: inviter.roles.getItems(),
    state: 'expired',
    ...newLink(secrets),
    expiresAt: new Date(),
  });
  await em.flush();
  const facts = { invitationId: invitation.id, email: invitation.email, roles: ['Any'], inviter: inviter.name };
  const ask = () =>
    em.transactional(em => {
      record(em, SYSTEM, 'invitation.new-link-asked', facts);
      return Promise.resolve();
    });
  const outcomes = async () =>
    (await orm.em.fork().find(Delivery, { mail: 'invitation-link-asked' }, { orderBy: { id: 'asc' } })).map(({ state, reason }) => [
      state,
      reason,
    ]);

  await ask();
  await work.settle();
  expect(await outcomes()).toEqual([['suppressed', 'Kept in Quarterdeck: no mail server is set.']]);
  // queued while it was wanted, and switched off before the worker takes it up
  await ask();
  await orm.em.execute(`update admin set message_types_off = '{account}' where id = ?`, [inviter.id]);
  await work.settle();
  expect((await outcomes())[1]).toEqual(['suppressed', 'They switched off mails of the kind “Account”.']);
  await ask();
  await orm.em.execute(`update admin set message_types_off = '{}' where id = ?`, [inviter.id]);
  await orm.em.execute(`update role set message_types = '{system}' where id in (select role_id from admin_roles where admin_id = ?)`, [
    inviter.id,
  ]);
  await work.settle();
  expect((await outcomes())[2]).toEqual(['suppressed', 'No role of theirs sends mails of the kind “Account”.']);
});
