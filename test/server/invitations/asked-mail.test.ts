import type { MikroORM } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import type { Invitation } from '#server/invitations/Invitation.ts';
import { askForLink } from '#server/invitations/ask-for-link.ts';
import { askedMail } from '#server/invitations/asked-mail.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import type { Tools } from '#server/platform/tools.ts';
import { actorOf, furnish, secrets, someRole, someone, superadmin, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { invite, tokenOf } from './invitees.ts';

/** All that a mail needs of them. */
const tools = { secrets, baseUrl: 'https://admin.northwind.example' } as Tools;

const test = world.extend('house', { scope: 'file', auto: true }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return { superadmin: await superadmin(em) };
});

/** The event of somebody who asks for a new link after theirs ran out. */
async function asked(orm: MikroORM, invitation: Invitation): Promise<Event> {
  const em = orm.em.fork();
  await em.execute('update invitation set expires_at = now() where id = ?', [invitation.id]);
  await askForLink(orm.em.fork(), visitor, tokenOf(invitation), secrets);
  return em.findOneOrFail(Event, { type: 'invitation.new-link-asked', facts: { invitationId: invitation.id } });
}
async function render(orm: MikroORM, event: Event, target: Record<string, unknown>) {
  const em = orm.em.fork();
  const delivery = em.create(Delivery, {
    event: em.getReference(Event, event.id),
    provider: 'email',
    target,
    targetKey: 'k',
    targetLabel: 'l',
    about: 'a',
  });
  return askedMail.render(em, tools, delivery);
}

test('goes to the inviter, with a way to the invitation and no link that opens it', async ({ orm }) => {
  const inviter = await someone(orm.em.fork(), 'admins.invite', 'dashboard.view');
  const invitation = await invite(orm.em.fork(), inviter);
  const event = await asked(orm, invitation);
  const recipients = await askedMail.recipients(orm.em.fork(), event);
  expect(recipients).toMatchObject([{ label: inviter.email, target: { adminId: inviter.id } }]);
  const mail = await render(orm, event, { adminId: inviter.id });
  if ('suppressed' in mail) throw new Error(mail.suppressed.en);
  expect(mail.to).toEqual({ name: inviter.name, address: inviter.email });
  expect(mail.subject).toBe(`${invitation.email} asks for a new invitation link`);
  expect(mail.text).toContain(`https://admin.northwind.example/staff/invitations/${invitation.id}`);
  expect(mail.html + mail.text).not.toContain(tokenOf(invitation));
});

test('goes to the Full Administrators where the inviter is gone', async ({ orm, house }) => {
  const em = orm.em.fork();
  const inviter = await someone(em, 'admins.invite', 'dashboard.view');
  const event = await asked(orm, await invite(em, inviter));
  inviter.disabledAt = new Date();
  await em.flush();
  expect((await askedMail.recipients(orm.em.fork(), event)).map(({ label }) => label)).toEqual([house.superadmin.email]);
  expect(await render(orm, event, { adminId: inviter.id })).toMatchObject({
    suppressed: { en: `The account of ${inviter.name} is disabled.` },
  });
});

test('goes to the Full Administrators where the inviter could not resend it any more', async ({ orm, house }) => {
  const em = orm.em.fork();
  const inviter = await someone(em, 'admins.invite', 'dashboard.view');
  const event = await asked(orm, await invite(em, inviter));
  inviter.roles.set([await someRole(em, 'dashboard.view')]);
  await em.flush();
  expect((await askedMail.recipients(orm.em.fork(), event)).map(({ label }) => label)).toEqual([house.superadmin.email]);
});

test('is suppressed when the invitation was resent before it left', async ({ orm }) => {
  const inviter = await someone(orm.em.fork(), 'admins.invite', 'dashboard.view');
  const invitation = await invite(orm.em.fork(), inviter);
  const event = await asked(orm, invitation);
  await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  expect(await render(orm, event, { adminId: inviter.id })).toMatchObject({ suppressed: { en: 'The invitation was resent meanwhile.' } });
});
