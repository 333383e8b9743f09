import type { MikroORM } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { invitationMail } from '#server/invitations/mail.ts';
import { mailsByInvitation } from '#server/invitations/queries.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import { revokeInvitation } from '#server/invitations/revoke-invitation.ts';
import { timelineOf } from '#server/invitations/timeline.ts';
import { Attempt, Delivery } from '#server/notifications/Delivery.ts';
import type { Tools } from '#server/platform/tools.ts';
import { Organisation } from '#server/settings/Organisation.ts';
import { actorOf, furnish, secrets, someRole, someone } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { invite, tokenOf, typesOf } from './invitees.ts';

const baseUrl = 'https://admin.northwind.example';
/** All that a mail needs of them. */
const tools = { secrets, baseUrl } as Tools;

const test = world.extend('inviter', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  const organisation = await em.findOneOrFail(Organisation, 1);
  organisation.name = 'Northwind <Sales> & "Co"';
  organisation.timeZone = 'Europe/Stockholm';
  return someone(em, 'admins.invite', 'dashboard.view');
});

/** The delivery of the newest mail of an invitation, as the dispatcher plans it. */
async function plan(orm: MikroORM, invitation: Invitation): Promise<Delivery> {
  const em = orm.em.fork();
  const event = await em.findOneOrFail(
    Event,
    { type: { $in: [...invitationMail.on] }, facts: { invitationId: invitation.id } },
    { orderBy: { storedAt: 'desc' } },
  );
  const [recipient, ...more] = await invitationMail.recipients(em, event);
  if (!recipient || more.length > 0) throw new Error('one mail, one recipient');
  const { key, label, about, target } = recipient;
  const delivery = em.create(Delivery, {
    event,
    mail: invitationMail.id,
    provider: 'email',
    target,
    targetKey: key,
    targetLabel: label,
    about: about.en,
  });
  await em.flush();
  return delivery;
}
const render = (orm: MikroORM, delivery: Delivery) => invitationMail.render(orm.em.fork(), tools, delivery);

test('says who invited, to what, as which role and until when, with one button', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const role = await someRole(em, 'dashboard.view');
  const invitation = await invite(em, inviter, { roleIds: [role.id], note: 'See you on <b>Monday</b>' });
  await em.execute(`update invitation set expires_at = '2099-07-01T12:02:00Z' where id = ?`, [invitation.id]);
  const mail = await render(orm, await plan(orm, invitation));
  if ('suppressed' in mail) throw new Error(mail.suppressed.en);
  expect(mail.to).toEqual({ address: invitation.email });
  expect(mail.subject).toBe(`You've been invited to use Northwind <Sales> & "Co"`);
  expect(mail.html).toContain('>Accept Invitation</a>');
  expect(mail.html).toContain('Northwind &lt;Sales&gt; &amp;');
  expect(mail.html).not.toContain('<b>Monday');
  for (const part of [
    inviter.name,
    role.name,
    'Wed, 1 Jul 2099',
    '14:02 (Europe/Stockholm)',
    'See you on <b>Monday</b>',
    `${baseUrl}/invitation#${tokenOf(invitation)}`,
  ]) {
    expect(mail.text).toContain(part);
  }
  expect(mail.html.match(/https?:\/\/[^\s"<]+/g)?.every(url => url.startsWith(baseUrl))).toBe(true);
});

test('keeps neither link nor token in what it leaves in the database', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const delivery = await plan(orm, invitation);
  expect(delivery.target).toEqual({ invitationId: invitation.id });
});

test('is suppressed when the invitation was revoked, ran out or lost its inviter', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const leaving = await someone(em, 'admins.invite', 'dashboard.view');
  const ends: [string, (invitation: Invitation) => Promise<unknown>, Admin][] = [
    [
      'The invitation was revoked before the mail left.',
      invitation => revokeInvitation(orm.em.fork(), actorOf(inviter), invitation.id),
      inviter,
    ],
    [
      'The invitation was expired before the mail left.',
      ({ id }) => em.execute('update invitation set expires_at = now() where id = ?', [id]),
      inviter,
    ],
    [
      `${leaving.name} could not send this invitation any more.`,
      () => em.execute('update admin set disabled_at = now() where id = ?', [leaving.id]),
      leaving,
    ],
  ];
  for (const [suppressed, end, by] of ends) {
    const invitation = await invite(em, by);
    const delivery = await plan(orm, invitation);
    await end(invitation);
    expect(await render(orm, delivery)).toMatchObject({ suppressed: { en: suppressed } });
  }
});

test('of two mails that wait, the one with the older link is suppressed', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const first = await plan(orm, invitation);
  await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  const second = await plan(orm, invitation);
  expect(await render(orm, first)).toMatchObject({ suppressed: { en: 'A newer link was sent instead.' } });
  expect(await render(orm, second)).toHaveProperty('subject');
});

test('a mail that was given up is recorded with the reason', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const { event } = await plan(orm, invitation);
  await orm.em
    .fork()
    .transactional(async em => invitationMail.failed?.(em, await em.findOneOrFail(Event, event.id), `refused ${'x'.repeat(600)}`));
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent', 'invitation.mail-failed']);
});

test('its state is that of the newest link’s mail, and unknown until that is taken up', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const stateOf = async () => (await mailsByInvitation(orm.em.fork(), [invitation])).get(invitation.id);
  expect(await stateOf()).toBeUndefined();
  const first = await plan(orm, invitation);
  expect(await stateOf()).toMatchObject({ deliveryId: first.id, state: 'queued', reason: null });
  await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  expect(await stateOf()).toBeUndefined();
  const second = await plan(orm, invitation);
  await em.execute(`update delivery set state = 'failed', reason = 'connection refused', finished_at = now() where id = ?`, [second.id]);
  expect(await stateOf()).toMatchObject({ deliveryId: second.id, state: 'failed', reason: 'connection refused' });
});

test('the timeline tells events, mails and tries in order', async ({ orm, inviter }) => {
  const invitation = await invite(orm.em.fork(), inviter);
  const delivery = await plan(orm, invitation);
  const em = orm.em.fork();
  // as where it is planned in the event's own transaction: dated by its beginning
  await em.execute(`update delivery d set created_at = e.stored_at - interval '5 ms' from event e where e.id = d.event_id and d.id = ?`, [
    delivery.id,
  ]);
  em.create(Attempt, { delivery: em.getReference(Delivery, delivery.id), number: 1, outcome: 'sent', answer: '250 2.0.0 queued' });
  await em.flush();
  await revokeInvitation(orm.em.fork(), actorOf(inviter), invitation.id);
  const { steps, deliveries } = await timelineOf(orm.em.fork(), invitation.id);
  expect(steps.map(({ what, lamp, who, detail }) => [what, lamp, who, detail])).toEqual([
    ['Invited', 'ok', inviter.name, undefined],
    ['Mail queued', 'idle', 'Quarterdeck', undefined],
    ['Mail handed to the mail server', 'ok', 'Quarterdeck', '250 2.0.0 queued'],
    ['Revoked', 'warn', inviter.name, undefined],
  ]);
  expect(deliveries.map(({ id }) => id)).toEqual([delivery.id]);
});
