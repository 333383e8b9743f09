import { expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { verifyPassword } from '#server/auth/passwords.ts';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { acceptInvitation } from '#server/invitations/accept-invitation.ts';
import { invitationTokenHash } from '#server/invitations/link.ts';
import { redeemLink } from '#server/invitations/redeem-link.ts';
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Role } from '#server/roles/Role.ts';
import { furnish, secrets, someRole, someone, visitor, withRoles } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { acceptance, codeOf, invite, tokenOf, typesOf } from './invitees.ts';

const test = world.extend('inviter', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return someone(em, 'admins.invite', 'dashboard.view');
});
const account = { firstName: 'Sam', lastName: 'Lee', passwordHash: 'hash' };

test('makes the account that was promised, and says who it was', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const role = await someRole(em, 'dashboard.view');
  const invitation = await invite(em, inviter, { roleIds: [role.id] });
  const admin = await acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: 'Sam', ...acceptance }, secrets);
  expect(admin).toMatchObject({ username: 'Sam', email: invitation.email, firstName: 'Sam', lastName: 'Lee' });
  expect(admin.roles.getItems().map(({ id }) => id)).toEqual([role.id]);
  expect(await verifyPassword(secrets, admin.passwordHash, acceptance.password)).toBe(true);
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent', 'invitation.accepted']);
  expect((await orm.em.fork().findOneOrFail(Role, role.id)).version).toBe(1);
  expect(await em.fork().findOne(Event, { type: 'admin.added', actorId: admin.id })).toMatchObject({
    actorKind: 'admin',
    actorName: 'Sam Lee',
    address: '127.0.0.1',
  });
  expect(
    await codeOf(acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: 'Sam2', ...acceptance }, secrets)),
  ).toBe('dead_link');
});

test('of fifty at once with one link, one makes an account', async ({ orm, inviter }) => {
  for (let round = 0; round < 10; round += 1) {
    const invitation = await invite(orm.em.fork(), inviter);
    const tokenHash = invitationTokenHash(secrets, tokenOf(invitation));
    const tries = Array.from({ length: 50 }, (_, i) =>
      redeemLink(orm.em.fork(), visitor, tokenHash, { ...account, username: `race${round}x${i}` }),
    );
    const made = (await Promise.all(tries)).filter(admin => admin !== undefined);
    expect(made).toHaveLength(1);
    expect(await orm.em.fork().count(Admin, { email: invitation.email })).toBe(1);
  }
});

test('of twenty who choose one username in different case at once, one has it and the others keep their links', async ({
  orm,
  inviter,
}) => {
  const em = orm.em.fork();
  const invitations = [];
  for (let i = 0; i < 20; i += 1) invitations.push(await invite(em, inviter));
  const cased = (i: number): string => [...'robin'].map((letter, at) => ((i >> at) & 1 ? letter.toUpperCase() : letter)).join('');
  const tries = invitations.map((invitation, i) =>
    redeemLink(orm.em.fork(), visitor, invitation.tokenHash, { ...account, username: cased(i) }),
  );
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(UniqueConstraintViolationException);
  const open = await orm.em.fork().count(Invitation, { id: { $in: invitations.map(({ id }) => id) }, state: 'pending' });
  expect(open).toBe(19);
});

test('a taken username is a clean refusal, and the link stays good', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const token = tokenOf(invitation);
  await expect(
    acceptInvitation(orm.em.fork(), visitor, { token, username: inviter.username.toUpperCase(), ...acceptance }, secrets),
  ).rejects.toMatchObject({
    code: 'username_taken',
    extra: { fields: { username: 'This username is taken.' } },
  });
  expect(await codeOf(acceptInvitation(orm.em.fork(), visitor, { token, username: 'freeone', ...acceptance }, secrets))).toBe('ok');
});

test('an address that got an account meanwhile is a clean refusal', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const twin = await withRoles(em);
  twin.email = invitation.email.toUpperCase();
  await em.flush();
  expect(
    await codeOf(acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: 'twin', ...acceptance }, secrets)),
  ).toBe('email_taken');
});

test('a fixed username can be left out or repeated, never changed', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const [first, second] = [await invite(em, inviter, { username: 'Fixed1' }), await invite(em, inviter, { username: 'Fixed2' })];
  const accept = (invitation: Invitation, username?: string) =>
    acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username, ...acceptance }, secrets);
  expect(await codeOf(accept(first, 'other'))).toBe('invalid');
  expect(await codeOf(accept(first, 'fixed1'))).toBe('invalid');
  expect(await accept(first)).toMatchObject({ username: 'Fixed1' });
  expect(await accept(second, 'Fixed2')).toMatchObject({ username: 'Fixed2' });
  expect(await codeOf(accept(await invite(em, inviter)))).toBe('invalid');
});

test('a fixed username that was taken meanwhile names the inviter who can help', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter, { username: 'Wanted' });
  const other = await withRoles(em);
  other.username = 'wanted';
  await em.flush();
  await expect(acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), ...acceptance }, secrets)).rejects.toMatchObject({
    code: 'username_taken',
    extra: { detail: `This username was taken meanwhile. Ask ${inviter.name} for a new invitation.` },
  });
});

test('a password that the organisation does not want leaves the link good', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const token = tokenOf(await invite(em, inviter));
  const accept = (password: string) =>
    codeOf(acceptInvitation(orm.em.fork(), visitor, { token, username: 'chooser', ...acceptance, password }, secrets));
  expect(await accept('short')).toBe('invalid');
  expect(await accept('elevenchars')).toBe('invalid');
  expect(await accept('twelve chars')).toBe('ok');
});

test('an inviter who is disabled, or no longer holds what it grants, revokes it', async ({ orm }) => {
  for (const change of ['disabled', 'demoted'] as const) {
    const em = orm.em.fork();
    const leaving = await someone(em, 'admins.invite', 'dashboard.view');
    const invitation = await invite(em, leaving);
    if (change === 'disabled') leaving.disabledAt = new Date();
    else leaving.roles.set([await someRole(em, 'admins.invite')]);
    await em.flush();
    expect(await redeemLink(orm.em.fork(), visitor, invitation.tokenHash, { ...account, username: `late${change}` })).toBeUndefined();
    await expect(
      acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: 'late', ...acceptance }, secrets),
    ).rejects.toMatchObject({
      code: 'dead_link',
      extra: { invitation: { state: 'revoked', inviter: leaving.name } },
    });
    expect(await typesOf(em, invitation)).toEqual(['invitation.sent', 'invitation.revoked']);
  }
});
