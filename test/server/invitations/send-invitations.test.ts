import { expect } from 'vitest';
import { Invitation } from '#server/invitations/Invitation.ts';
import { acceptInvitation } from '#server/invitations/accept-invitation.ts';
import { copyLink } from '#server/invitations/copy-link.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import { revokeInvitation } from '#server/invitations/revoke-invitation.ts';
import { actorOf, furnish, secrets, someRole, someone, superRole, superadmin, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { acceptance, codeOf, freshEmail, invite, tokenOf, typesOf } from './invitees.ts';

const test = world.extend('house', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return { inviter: await someone(em, 'admins.invite', 'dashboard.view'), superadmin: await superadmin(em) };
});

test('lasts 168 hours by the database’s clock, and keeps no usable link', async ({ orm, house }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, house.inviter, { note: '' });
  const [row] = await em.execute<{ hours: number; row: string }[]>(
    `select extract(epoch from expires_at - sent_at) / 3600 as hours, invitation::text as row from invitation where id = ?`,
    [invitation.id],
  );
  expect(Number(row?.hours)).toBe(168);
  expect(row?.row).not.toContain(tokenOf(invitation));
  expect(invitation.note).toBeNull();
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent']);
});

test('grants no more than the inviter holds, and Full Administrator only by one', async ({ orm, house }) => {
  const em = orm.em.fork();
  const beyond = await someRole(em, 'dashboard.view', 'keys.edit');
  const full = await superRole(em);
  expect(await codeOf(invite(em, house.inviter, { roleIds: [beyond.id] }))).toBe('beyond_your_rights');
  const everythingButFull = await someone(em, 'admins.invite', 'keys.edit', 'dashboard.view');
  expect(await codeOf(invite(em, everythingButFull, { roleIds: [full.id] }))).toBe('beyond_your_rights');
  expect(await codeOf(invite(em, house.superadmin, { roleIds: [full.id, beyond.id] }))).toBe('ok');
  expect(await codeOf(invite(em, house.inviter, { roleIds: [house.inviter.id] }))).toBe('invalid');
});

test('refuses an address that has an account or an open invitation, whatever its case', async ({ orm, house }) => {
  const em = orm.em.fork();
  const email = freshEmail();
  await invite(em, house.inviter, { email });
  expect(await codeOf(invite(em, house.inviter, { email: email.toUpperCase() }))).toBe('already_invited');
  expect(await codeOf(invite(em, house.inviter, { email: house.inviter.email.toUpperCase() }))).toBe('already_admin');
  expect(await codeOf(invite(em, house.inviter, { username: house.inviter.username.toUpperCase() }))).toBe('username_taken');
});

test('of twenty at once to one address, one invitation stands', async ({ orm, house }) => {
  const em = orm.em.fork();
  const { id } = await someRole(em, 'dashboard.view');
  const email = freshEmail();
  const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(invite(orm.em.fork(), house.inviter, { email, roleIds: [id] }))));
  expect(codes.filter(code => code === 'ok')).toHaveLength(1);
  expect(codes.filter(code => code === 'already_invited')).toHaveLength(19);
});

test('an overdue invitation that nobody has marked yet does not stand in the way of a new one', async ({ orm, house }) => {
  const em = orm.em.fork();
  const email = freshEmail();
  const first = await invite(em, house.inviter, { email });
  await em.execute(`update invitation set expires_at = now() - interval '1 second' where id = ?`, [first.id]);
  expect(await codeOf(invite(orm.em.fork(), house.inviter, { email }))).toBe('ok');
  expect(await typesOf(em, first)).toEqual(['invitation.sent', 'invitation.expired']);
});

test('a resend kills the old link, counts, and begins another 168 hours', async ({ orm, house }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, house.inviter);
  const old = tokenOf(invitation);
  await em.execute(`update invitation set expires_at = now() - interval '1 day', state = 'expired' where id = ?`, [invitation.id]);
  const actor = actorOf(house.inviter);
  const again = await resendInvitation(orm.em.fork(), actor, invitation.id, secrets);
  expect(again.state).toBe('pending');
  expect(again.expiresAt.getTime() - again.sentAt.getTime()).toBe(168 * 3_600_000);
  expect(await codeOf(acceptInvitation(orm.em.fork(), visitor, { token: old, username: 'nobody', ...acceptance }, secrets))).toBe(
    'dead_link',
  );
  for (let i = 2; i <= 5; i += 1) await resendInvitation(orm.em.fork(), actor, invitation.id, secrets);
  await expect(resendInvitation(orm.em.fork(), actor, invitation.id, secrets)).rejects.toMatchObject({
    code: 'resent_too_often',
    extra: { retryAfter: expect.toSatisfy((seconds: number) => seconds > 86_000 && seconds <= 86_400) as number },
  });
  await em.execute(`update invitation set resends_since = now() - interval '24 hours' where id = ?`, [invitation.id]);
  expect(await codeOf(resendInvitation(orm.em.fork(), actor, invitation.id, secrets))).toBe('ok');
});

test('twenty resends at once leave one live link, and five of them count', async ({ orm, house }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, house.inviter);
  const attempts = Array.from({ length: 20 }, () => resendInvitation(orm.em.fork(), actorOf(house.inviter), invitation.id, secrets));
  const done = (await Promise.allSettled(attempts)).filter(result => result.status === 'fulfilled').map(({ value }) => tokenOf(value));
  expect(done).toHaveLength(5);
  const accepted = [];
  for (const [i, token] of [tokenOf(invitation), ...done].entries()) {
    accepted.push(await codeOf(acceptInvitation(orm.em.fork(), visitor, { token, username: `resent${i}`, ...acceptance }, secrets)));
  }
  expect(accepted.filter(code => code === 'ok')).toHaveLength(1);
});

test('only somebody who could have sent it may resend it, revoke it or copy its link', async ({ orm, house }) => {
  const em = orm.em.fork();
  const role = await someRole(em, 'queues.view');
  const invitation = await invite(em, house.superadmin, { roleIds: [role.id] });
  const actor = actorOf(house.inviter);
  const tools = { secrets, baseUrl: 'https://admin.northwind.example' };
  expect(await codeOf(resendInvitation(orm.em.fork(), actor, invitation.id, secrets))).toBe('beyond_your_rights');
  expect(await codeOf(revokeInvitation(orm.em.fork(), actor, invitation.id))).toBe('beyond_your_rights');
  expect(await codeOf(copyLink(orm.em.fork(), actor, invitation.id, tools))).toBe('beyond_your_rights');
  expect(await copyLink(orm.em.fork(), actorOf(house.superadmin), invitation.id, tools)).toBe(
    `https://admin.northwind.example/invitation#${tokenOf(invitation)}`,
  );
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent', 'invitation.link-copied']);
});

test('a revoked invitation stays revoked', async ({ orm, house }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, house.inviter);
  const actor = actorOf(house.inviter);
  await revokeInvitation(orm.em.fork(), actor, invitation.id);
  expect(await codeOf(revokeInvitation(orm.em.fork(), actor, invitation.id))).toBe('invitation_closed');
  expect(await codeOf(resendInvitation(orm.em.fork(), actor, invitation.id, secrets))).toBe('invitation_closed');
  expect(await codeOf(copyLink(orm.em.fork(), actor, invitation.id, { secrets, baseUrl: '' }))).toBe('invitation_closed');
  expect(
    await codeOf(acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: 'revoked', ...acceptance }, secrets)),
  ).toBe('dead_link');
  expect(await em.fork().count(Invitation, { id: invitation.id, state: 'revoked' })).toBe(1);
});

test('whoever resends an invitation that its inviter could not send today vouches for it', async ({ orm, house }) => {
  const em = orm.em.fork();
  const leaving = await someone(em, 'admins.invite', 'dashboard.view');
  const invitation = await invite(em, leaving);
  leaving.disabledAt = new Date();
  await em.flush();
  const tools = { secrets, baseUrl: '' };
  expect(await codeOf(copyLink(orm.em.fork(), actorOf(house.superadmin), invitation.id, tools))).toBe('invitation_closed');
  const again = await resendInvitation(orm.em.fork(), actorOf(house.superadmin), invitation.id, secrets);
  expect(again.invitedBy.id).toBe(house.superadmin.id);
  expect(
    await codeOf(acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(again), username: 'vouched', ...acceptance }, secrets)),
  ).toBe('ok');
});
