import { expect } from 'vitest';
import { USERNAME } from '#contract/accounts.ts';
import type { Permission } from '#contract/permissions.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { test as app } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { inviteBy } from '../../support/invite.ts';
import { browserOf, someRole, someone } from '../../support/people.ts';
import { acceptance, freshEmail, refused, tokenIn } from './invitees.ts';

const test = app.extend('staff', { scope: 'file' }, ({ server, orm }) => {
  const em = orm.em.fork();
  const as = async (...permissions: Permission[]) => browserOf(em, await someone(em, ...permissions), server.url);
  const role = async (...permissions: Permission[]) => (await someRole(em, ...permissions)).id;
  /** A browser of its own for each, so that the limits of one do not reach another. */
  return { as, role, stranger: () => new Caller(server.url) };
});

test('from the invitation to the account, signed in', async ({ owner, staff }) => {
  const email = freshEmail();
  const roleId = await staff.role('dashboard.view', 'presence.view');
  const sent = await inviteBy(owner, { email, roleIds: [roleId], note: 'Welcome' });
  expect(sent).toMatchObject({
    email,
    state: 'pending',
    username: null,
    note: 'Welcome',
    mail: null,
    resentToday: 0,
    manageable: true,
    invitedBy: { name: 'Ana Ruiz' },
  });
  expect(Date.parse(sent.expiresAt) - Date.parse(sent.sentAt)).toBe(168 * 3_600_000);

  const { link } = await owner.call('POST /invitations/:id/link', { params: { id: sent.id } });
  const token = tokenIn(link);
  const invitee = staff.stranger();
  const offer = await invitee.call('POST /invitations/lookup', { body: { token } });
  expect(offer).toMatchObject({
    organisation: 'Northwind',
    inviter: 'Ana Ruiz',
    email,
    username: null,
    note: 'Welcome',
    passwordMinimum: 12,
  });

  const session = await invitee.call('POST /invitations/accept', { body: { token, username: 'Sam', ...acceptance } });
  expect(session.me).toMatchObject({ username: 'Sam', email, name: 'Sam Lee' });
  expect([...session.permissions].sort()).toEqual(['dashboard.view', 'presence.view']);
  expect((await invitee.call('GET /session')).me.id).toBe(session.me.id);

  const seen = await owner.call('GET /invitations/:id', { params: { id: sent.id } });
  expect(seen).toMatchObject({ state: 'accepted', acceptedBy: { id: session.me.id, name: 'Sam Lee' } });
  expect(seen.steps.map(({ what }) => what)).toEqual(['Invited', 'Link copied', 'Link opened', 'Accepted']);
  expect((await owner.call('GET /admins', { query: { search: email } })).items).toMatchObject([{ id: session.me.id, state: 'active' }]);
});

test('the link is nowhere but in the answer that copies it', async ({ owner, staff }) => {
  const roleIds = [await staff.role('dashboard.view')];
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds });
  const token = tokenIn((await owner.call('POST /invitations/:id/link', { params: { id } })).link);
  const answers = [await owner.call('GET /invitations'), await owner.call('GET /invitations/:id', { params: { id } })];
  expect(JSON.stringify(answers)).not.toContain(token);
});

test('opening the page, or the API with GET or HEAD, uses nothing up', async ({ owner, staff }) => {
  const roleIds = [await staff.role('dashboard.view')];
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds });
  const token = tokenIn((await owner.call('POST /invitations/:id/link', { params: { id } })).link);
  const scanner = staff.stranger();
  for (const path of ['/invitation', '/api/invitations/lookup', '/api/invitations/accept']) {
    for (const method of ['GET', 'HEAD']) await scanner.fetch(`${path}?token=${token}`, { method });
  }
  expect((await owner.call('GET /invitations/:id', { params: { id } })).steps.map(({ what }) => what)).toEqual(['Invited', 'Link copied']);
});

test('the body of an acceptance carries names and password, nothing else', async ({ owner, staff, orm }) => {
  const roleIds = [await staff.role('dashboard.view')];
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds });
  const { link } = await owner.call('POST /invitations/:id/link', { params: { id } });
  const extras = {
    email: 'evil@evil.test',
    roleIds,
    roles: roleIds,
    permissions: ['keys.edit'],
    superadmin: true,
    passwordHash: 'x',
    disabledAt: null,
    id,
  };
  for (const [name, value] of Object.entries(extras)) {
    const body = { token: tokenIn(link), username: 'extra', ...acceptance, [name]: value };
    const { problem } = await refused(staff.stranger().call('POST /invitations/accept', { body }));
    expect(problem).toMatchObject({ status: 422, fields: { [name]: 'There is no such field.' } });
  }
  expect(await orm.em.fork().count(Invitation, { id, state: 'pending' })).toBe(1);
});

test('usernames are a letter, then letters and digits, at most 32', () => {
  const good = ['a', 'Z', 'ana', 'Ana2', 'A1b2C3', 'x'.repeat(32), 'root', 'e0'];
  const bad = [
    ...['', '1a', ' a', 'a ', 'a b', 'a_b', 'a.b', 'a-b', 'a@b', 'a+b', 'a/b', 'a\\b', "a'b", 'a"b', 'a<b', 'a&b', 'a;b'],
    ...['a\n', '\na', 'a\0', 'a\tb', '\u00e1', 'n\u0303a', 'a\u00e9', '\u0430na', 'an\u0430', '\u017fam', 'sa\u017f', '\u212a', 'a\u212a'],
    ...['\uff41na', 'a\uff11', 'a\u200b', '\u0663a', 'x'.repeat(33), '__proto__', '\u{1f4a5}'],
  ];
  expect(good.filter(name => !USERNAME.test(name))).toEqual([]);
  expect(bad.filter(name => USERNAME.test(name))).toEqual([]);
});

test('a dead link is 410 with what its holder may know; any other, 410 with one text', async ({ owner, staff }) => {
  const roleIds = [await staff.role('dashboard.view')];
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds, username: 'secretive' });
  const token = tokenIn((await owner.call('POST /invitations/:id/link', { params: { id } })).link);
  await owner.call('DELETE /invitations/:id', { params: { id } });
  const holder = staff.stranger();
  const dead = (await refused(holder.call('POST /invitations/lookup', { body: { token } }))).problem;
  expect(dead).toMatchObject({
    status: 410,
    code: 'dead_link',
    invitation: { state: 'revoked', organisation: 'Northwind', inviter: 'Ana Ruiz', asked: false },
  });
  expect(JSON.stringify(dead)).not.toMatch(/secretive|invitee|Role/);
  await holder.call('POST /invitations/ask', { body: { token } });
  await holder.call('POST /invitations/ask', { body: { token } });
  expect((await refused(holder.call('POST /invitations/lookup', { body: { token } }))).problem.invitation?.asked).toBe(true);
  expect(
    (await owner.call('GET /invitations/:id', { params: { id } })).steps.filter(({ what }) => what === 'Asked for a new link'),
  ).toHaveLength(1);

  const unknown = await Promise.all(
    ['x', token.slice(1), 'A'.repeat(43)].map(wrong => refused(holder.call('POST /invitations/lookup', { body: { token: wrong } }))),
  );
  for (const { problem } of unknown)
    expect({ ...problem, requestId: '' }).toEqual({
      type: 'about:blank',
      title: 'This link cannot be used any more.',
      status: 410,
      code: 'dead_link',
      requestId: '',
    });
});

test('wrong links from one address run into a limit', async ({ staff }) => {
  const guesser = staff.stranger();
  const codes = [];
  for (let i = 0; i < 30; i += 1) codes.push(await guesser.codeOf('POST /invitations/lookup', { body: { token: `guess${i}` } }));
  expect(codes.at(-1)).toBe('too_many_requests');
});

test('who may view sees who is invited, who may invite does so within their rights, others are told what is missing', async ({
  staff,
  owner,
}) => {
  const [viewer, inviter, outsider] = [
    await staff.as('admins.view'),
    await staff.as('admins.invite', 'queues.view'),
    await staff.as('dashboard.view'),
  ];
  const roleIds = [await staff.role('keys.view')];
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds });
  const shown = (await viewer.call('GET /invitations', { query: { state: 'pending' } })).items.find(one => one.id === id);
  expect(shown).toMatchObject({ manageable: false });
  expect(await viewer.codeOf('POST /invitations/:id/resend', { params: { id } })).toBe('forbidden');
  expect(await inviter.codeOf('POST /invitations/:id/resend', { params: { id } })).toBe('beyond_your_rights');
  expect(await inviter.codeOf('DELETE /invitations/:id', { params: { id } })).toBe('beyond_your_rights');
  expect(await inviter.codeOf('POST /invitations', { body: { addresses: [freshEmail()], roleIds } })).toBe('beyond_your_rights');
  expect(
    await inviter.codeOf('POST /invitations', { body: { addresses: [freshEmail()], roleIds: [await staff.role('queues.view')] } }),
  ).toBe('ok');
  const { problem } = await refused(outsider.call('GET /invitations'));
  expect(problem.missing).toMatchObject({ permission: 'admins.view', label: 'View staff', people: ['Ana Ruiz'] });
  for (const wrong of ['not-an-id', '00000000-0000-7000-8000-000000000000'])
    expect(await owner.codeOf('GET /invitations/:id', { params: { id: wrong } })).toBe('not_found');
});

test('the list keeps the states apart and finds an address literally', async ({ owner, staff, orm }) => {
  const roleIds = [await staff.role('dashboard.view')];
  const send = async (email: string) => (await inviteBy(owner, { email, roleIds })).id;
  const [open, overdue, revoked] = [
    await send('list_one@northwind.example'),
    await send('list-two@northwind.example'),
    await send('listXthree@northwind.example'),
  ];
  await orm.em.fork().execute('update invitation set expires_at = now() where id = ?', [overdue]);
  await owner.call('DELETE /invitations/:id', { params: { id: revoked } });
  const ids = async (query: object) =>
    (await owner.call('GET /invitations', { query: { search: 'LIST', ...query } })).items.map(({ id, state }) => [id, state]);
  expect(await ids({})).toEqual([
    [overdue, 'expired'],
    [open, 'pending'],
  ]);
  expect(await ids({ state: 'pending' })).toEqual([[open, 'pending']]);
  expect(await ids({ state: 'expired' })).toEqual([[overdue, 'expired']]);
  expect(await ids({ state: 'revoked' })).toEqual([[revoked, 'revoked']]);
  expect(await ids({ state: 'accepted' })).toEqual([]);
  expect(await ids({ search: 'list_', state: 'open' })).toEqual([[open, 'pending']]);
});
