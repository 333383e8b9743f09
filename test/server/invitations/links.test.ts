import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import type { Invitation } from '#server/invitations/Invitation.ts';
import { acceptInvitation } from '#server/invitations/accept-invitation.ts';
import { askForLink } from '#server/invitations/ask-for-link.ts';
import { invitationTokenHash, linkOf } from '#server/invitations/link.ts';
import { lookUpInvitation } from '#server/invitations/look-up-invitation.ts';
import { redeemLink } from '#server/invitations/redeem-link.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import { revokeInvitation } from '#server/invitations/revoke-invitation.ts';
import { Problem } from '#server/platform/problem.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { actorOf, furnish, secrets, someone, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { acceptance, codeOf, invite, tokenOf, typesOf } from './invitees.ts';

const test = world.extend('inviter', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return someone(em, 'admins.invite', 'dashboard.view');
});
const account = { firstName: 'Sam', lastName: 'Lee', passwordHash: 'hash' };

async function refusalOf(command: Promise<unknown>): Promise<Problem> {
  const error: unknown = await command.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Problem) return error;
  throw new Error('it was not refused', { cause: error });
}

test('fifty looks use nothing up, and the first is recorded', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const token = tokenOf(invitation);
  await Promise.all(Array.from({ length: 50 }, () => lookUpInvitation(orm.em.fork(), visitor, token, secrets)));
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent', 'invitation.opened']);
  expect(await codeOf(acceptInvitation(orm.em.fork(), visitor, { token, username: 'looker', ...acceptance }, secrets))).toBe('ok');
});

test('is good until its deadline and not a moment longer, by the database’s clock', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const almost = await invite(em, inviter);
  await em.execute(`update invitation set expires_at = now() + interval '5 seconds', sent_at = now() - interval '167:59:55' where id = ?`, [
    almost.id,
  ]);
  expect(await redeemLink(orm.em.fork(), visitor, almost.tokenHash, { ...account, username: 'almost' })).toBeDefined();

  const late = await invite(em, inviter);
  await em.execute(`update invitation set expires_at = now(), sent_at = now() - interval '168 hours' where id = ?`, [late.id]);
  expect(await redeemLink(orm.em.fork(), visitor, late.tokenHash, { ...account, username: 'late' })).toBeUndefined();
  expect(await codeOf(lookUpInvitation(orm.em.fork(), visitor, tokenOf(late), secrets))).toBe('dead_link');
});

test('the time of the process does not matter', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const real = Date.now;
  Date.now = () => real() + 8 * 24 * 3_600_000;
  try {
    expect(await codeOf(lookUpInvitation(orm.em.fork(), visitor, tokenOf(invitation), secrets))).toBe('ok');
  } finally {
    Date.now = real;
  }
});

test('a dead link tells its state, the organisation and the inviter, and nothing of the account', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const killers: Record<string, (invitation: Invitation) => Promise<unknown>> = {
    accepted: invitation => redeemLink(orm.em.fork(), visitor, invitation.tokenHash, { ...account, username: 'hidden' }),
    expired: invitation => em.execute('update invitation set expires_at = now() where id = ?', [invitation.id]),
    revoked: invitation => revokeInvitation(orm.em.fork(), actorOf(inviter), invitation.id),
    superseded: invitation => resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets),
  };
  for (const [state, kill] of Object.entries(killers)) {
    const invitation = await invite(em, inviter);
    const token = tokenOf(invitation);
    await kill(invitation);
    const { code, extra } = await refusalOf(lookUpInvitation(orm.em.fork(), visitor, token, secrets));
    expect(code).toBe('dead_link');
    expect(extra).toEqual({
      invitation: { state, organisation: 'Quarterdeck', inviter: inviter.name, at: expect.any(String) as string, asked: false },
    });
  }
});

test('whatever never was a link is refused in one way', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const never = [
    '',
    'x',
    'é\u{1F600}',
    'A'.repeat(43),
    `${tokenOf(invitation)} `,
    tokenOf(invitation).toUpperCase(),
    secrets.token('password-reset', invitation.nonce),
    invitation.nonce.toString(),
    Buffer.from(invitation.tokenHash).toString('base64url'),
  ];
  for (const token of never) {
    for (const use of [lookUpInvitation, askForLink]) {
      const refusal = await refusalOf(use(orm.em.fork(), visitor, token, secrets));
      expect({ code: refusal.code, extra: refusal.extra, message: refusal.message }).toEqual({
        code: 'dead_link',
        extra: {},
        message: 'This link cannot be used any more.',
      });
    }
  }
});

test('whoever holds a dead link asks once, however often they press', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const old = tokenOf(invitation);
  expect(await codeOf(askForLink(orm.em.fork(), visitor, old, secrets))).toBe('conflict');
  const again = await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  await revokeInvitation(orm.em.fork(), actorOf(inviter), invitation.id);
  for (const token of [old, tokenOf(again)]) {
    await Promise.all(Array.from({ length: 20 }, () => askForLink(orm.em.fork(), visitor, token, secrets)));
    expect((await refusalOf(lookUpInvitation(orm.em.fork(), visitor, token, secrets))).extra.invitation?.asked).toBe(true);
  }
  expect(await em.fork().count(Event, { type: 'invitation.new-link-asked', facts: { invitationId: invitation.id } })).toBe(2);
});

test('a link is the same each time, lies in the fragment, and cannot be made under another key', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const link = linkOf(secrets, 'https://admin.northwind.example', invitation);
  expect(link).toMatch(/^https:\/\/admin\.northwind\.example\/invitation#[\w-]{43}$/);
  expect(linkOf(secrets, 'https://admin.northwind.example', invitation)).toBe(link);
  expect(linkOf(new Secrets(Buffer.alloc(32, 7)), '', invitation)).toBeUndefined();
  expect(invitationTokenHash(secrets, tokenOf(invitation)).equals(invitation.tokenHash)).toBe(true);
});
