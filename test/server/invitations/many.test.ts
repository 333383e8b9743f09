import fc from 'fast-check';
import { expect } from 'vitest';
import { splitAddresses } from '#contract/addresses.ts';
import { Department } from '#server/departments/Department.ts';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { readEntry } from '#server/invitations/read-entry.ts';
import { sendInvitations } from '#server/invitations/send-invitations.ts';
import { actorOf, furnish, secrets, someRole, someone } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { codeOf, freshEmail, invite } from './invitees.ts';

const test = world.extend('house', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return { inviter: await someone(em, 'admins.invite', 'dashboard.view'), roleId: (await someRole(em, 'dashboard.view')).id };
});

test('a pasted list is taken apart as mail programs and spreadsheets give it', () => {
  expect(splitAddresses('a@x.example, b@x.example;c@x.example\r\nd@x.example\te@x.example\n\n , ;')).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map(name => `${name}@x.example`),
  );
  expect(splitAddresses('"Lee, Sam" <sam@x.example>, Kim <kim@x.example>')).toEqual(['"Lee, Sam" <sam@x.example>', 'Kim <kim@x.example>']);
  expect(splitAddresses('"never closed, a@x.example\nb@x.example, c@x.example')).toEqual([
    '"never closed, a@x.example',
    'b@x.example',
    'c@x.example',
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.emailAddress().filter(address => /^[\w.@-]+$/.test(address))),
      fc.constantFrom(', ', ';', '\n', '\r\n', '\t'),
      (addresses, by) => {
        expect(splitAddresses(addresses.join(by))).toEqual(addresses);
      },
    ),
  );
});

test('an entry is an address, with a name or without; anything else says why it is none', () => {
  expect(readEntry(' sam@x.example ')).toEqual({ email: 'sam@x.example', name: undefined });
  expect(readEntry('"sam@x.example"')).toEqual({ email: 'sam@x.example', name: undefined });
  expect(readEntry('"Lee, Sam" <sam@x.example>')).toEqual({ email: 'sam@x.example', name: 'Lee, Sam' });
  expect(readEntry('Sam\u0007\tLee <sam@x.example>')).toEqual({ email: 'sam@x.example', name: 'Sam Lee' });
  expect(readEntry(`${'x'.repeat(300)} <sam@x.example>`)).toMatchObject({ name: 'x'.repeat(100) });
  const none = [
    ...[
      '',
      'Sam Lee',
      '@',
      'sam@',
      '@x.example',
      'sam@x',
      'a b@x.example',
      'a,b@x.example',
      'a@x.example,b@x.example',
      'a@x.example b@x.example',
    ],
    ...[
      '"a b"@x.example',
      'a..b@x.example',
      '.a@x.example',
      'a@-x.example',
      'a@x..example',
      'a@x.example\nBcc: b@x.example',
      'a\r@x.example',
    ],
    ...['s\u0430m@x.example', 'sam@x.ex\u0430mple', '\u212a@x.example', '\u017fam@x.example', 'sa\u200bm@x.example', 'sam@x.example\u200b'],
    ...[`${'a'.repeat(245)}@x.example`, '<sam@x.example', 'sam@x.example>', '<<sam@x.example>>', 'sam@[127.0.0.1]', 'sam@localhost'],
  ];
  expect(none.filter(entry => !('why' in readEntry(entry)))).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), entry => {
      const found = readEntry(entry);
      if ('email' in found) expect(found.email).toMatch(/^[\x21-\x7e]{3,254}$/);
    }),
  );
});

test('each entry of a list has its own result, in the order of the list', async ({ orm, house }) => {
  const em = orm.em.fork();
  const open = await invite(em, house.inviter);
  const [first, second] = [freshEmail(), freshEmail()];
  const sendings = await sendInvitations(
    orm.em.fork(),
    actorOf(house.inviter),
    {
      addresses: [`Sam Lee <${second}>`, 'nobody', open.email.toUpperCase(), first, house.inviter.email.toUpperCase(), first.toUpperCase()],
      roleIds: [house.roleId],
    },
    secrets,
  );
  expect(sendings).toMatchObject([
    { outcome: 'invited', invitation: { email: second, name: 'Sam Lee' } },
    { entry: 'nobody', outcome: 'invalid', why: 'There is no email address in it.' },
    { outcome: 'already_invited', invitation: { id: open.id } },
    { outcome: 'invited', invitation: { email: first, name: null } },
    { outcome: 'already_admin', admin: { id: house.inviter.id, name: house.inviter.name } },
    { outcome: 'twice' },
  ]);
  const sent = await orm.em.fork().find(Event, { type: 'invitation.sent', facts: { email: first } });
  expect(sent).toHaveLength(1);
});

test('beyond the inviter’s rights, with a role or a department that is gone, nobody on the list is invited', async ({ orm, house }) => {
  const em = orm.em.fork();
  const beyond = await someRole(em, 'keys.edit');
  const gone = '00000000-0000-7000-8000-000000000000';
  const before = await em.count(Invitation);
  const send = (terms: object) =>
    codeOf(
      sendInvitations(
        orm.em.fork(),
        actorOf(house.inviter),
        { addresses: [freshEmail(), freshEmail()], roleIds: [house.roleId], ...terms },
        secrets,
      ),
    );
  expect(await send({ roleIds: [house.roleId, beyond.id] })).toBe('beyond_your_rights');
  expect(await send({ roleIds: [gone] })).toBe('invalid');
  expect(await send({ departments: [{ id: gone, ticketNotifications: true }] })).toBe('invalid');
  expect(await send({ username: 'onlyone' })).toBe('invalid');
  expect(await em.fork().count(Invitation)).toBe(before);
});

test('two lists of a hundred with the same people at once invite each of them once, and neither waits for ever', async ({ orm, house }) => {
  const em = orm.em.fork();
  const addresses = Array.from({ length: 100 }, () => freshEmail());
  const send = (list: string[]) =>
    sendInvitations(orm.em.fork(), actorOf(house.inviter), { addresses: list, roleIds: [house.roleId] }, secrets);
  const results = (await Promise.all([send(addresses), send(addresses.toReversed())])).flat();
  expect(results.filter(({ outcome }) => outcome === 'invited')).toHaveLength(100);
  expect(results.filter(({ outcome }) => outcome === 'already_invited')).toHaveLength(100);
  expect(await em.count(Invitation, { email: { $in: addresses } })).toBe(100);
});

test('departments travel with the invitation, and a fixed username is nobody else’s', async ({ orm, house }) => {
  const em = orm.em.fork();
  const support = em.create(Department, { name: 'Support of many' });
  await em.flush();
  const invitation = await invite(em, house.inviter, {
    username: 'fixedone',
    departments: [{ id: support.id, ticketNotifications: false }],
  });
  expect(invitation.departments.getItems()).toMatchObject([{ name: 'Support of many', ticketNotifications: false }]);
  expect(await codeOf(invite(orm.em.fork(), house.inviter, { username: 'FixedOne' }))).toBe('username_taken');
});
