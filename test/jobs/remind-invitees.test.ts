import type { MikroORM } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { expiredMail } from '#server/invitations/expired-mail.ts';
import { invitationMail } from '#server/invitations/mail.ts';
import { remindInvitees } from '#server/invitations/remind-invitees.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import { expireOverdue } from '#server/invitations/expire-overdue.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import type { SystemMail } from '#server/notifications/system-mail.ts';
import type { Tools } from '#server/platform/tools.ts';
import { actorOf, furnish, secrets, someone } from '../support/people.ts';
import { test as world } from '../support/world.ts';
import { invite, typesOf } from '../server/invitations/invitees.ts';

const tools = { secrets, baseUrl: 'https://admin.northwind.example' } as Tools; // all that these mails use of them
const test = world.extend('inviter', { scope: 'file' }, async ({ orm }) => {
  await furnish(orm.em.fork());
  return someone(orm.em.fork(), 'admins.invite', 'dashboard.view');
});

test('reminds once per link on its fifth day, whichever of three workers comes first', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const [due, early, over] = [await invite(em, inviter), await invite(em, inviter), await invite(em, inviter)];
  const age = (invitation: Invitation, hours: number) =>
    em.execute(`update invitation set sent_at = now() - ? * interval '1 hour', expires_at = now() + ? * interval '1 hour' where id = ?`, [
      hours,
      168 - hours,
      invitation.id,
    ]);
  await age(due, 96.1);
  await age(early, 95.9);
  await age(over, 168.1);
  const claimed = await Promise.all([1, 2, 3].map(() => remindInvitees(orm.em.fork())));
  expect(claimed.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await typesOf(em, due)).toEqual(['invitation.sent', 'invitation.reminded']);
  expect(await remindInvitees(orm.em.fork())).toBe(0);
  // a new link has a fifth day of its own
  await resendInvitation(orm.em.fork(), actorOf(inviter), due.id, secrets);
  await age(due, 100);
  expect(await remindInvitees(orm.em.fork())).toBe(1);
});

test('reminds nobody of a link that its inviter could not send today', async ({ orm }) => {
  const em = orm.em.fork();
  const leaving = await someone(em, 'admins.invite', 'dashboard.view');
  const invitation = await invite(em, leaving);
  leaving.disabledAt = new Date();
  await em.flush();
  await em.execute(`update invitation set sent_at = now() - interval '97 hours' where id = ?`, [invitation.id]);
  await remindInvitees(orm.em.fork());
  expect(await typesOf(em, invitation)).toEqual(['invitation.sent']);
});

async function render(mail: SystemMail, orm: MikroORM, type: string, invitation: Invitation) {
  const em = orm.em.fork();
  const event = await em.findOneOrFail(Event, { type, facts: { invitationId: invitation.id } });
  const [recipient] = await mail.recipients(em, event);
  if (!recipient) return undefined;
  const { key, label, about, target } = recipient;
  const delivery = em.create(Delivery, {
    event,
    mail: mail.id,
    provider: 'email',
    target,
    targetKey: key,
    targetLabel: label,
    about: about.en,
  });
  await em.flush();
  return { label, mail: await mail.render(orm.em.fork(), tools, delivery) };
}

test('the reminder carries the same link and says that it is one', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  await em.execute(`update invitation set sent_at = now() - interval '97 hours' where id = ?`, [invitation.id]);
  await remindInvitees(orm.em.fork());
  const first = await render(invitationMail, orm, 'invitation.sent', invitation);
  const again = await render(invitationMail, orm, 'invitation.reminded', invitation);
  expect(again).toMatchObject({
    label: invitation.email,
    mail: { subject: expect.stringMatching(/^Reminder: your invitation to use /) as string },
  });
  const linkIn = (found: typeof first): string => /\/invitation#\S+/.exec(JSON.stringify(found))?.[0].split('\\n')[0] ?? 'none';
  expect(linkIn(again)).toBe(linkIn(first));
});

test('expiry is told to the inviter as account mail, and to nobody who is gone', async ({ orm }) => {
  const em = orm.em.fork();
  const inviter = await someone(em, 'admins.invite', 'dashboard.view');
  const invitation = await invite(em, inviter);
  await em.execute(`update invitation set expires_at = now() where id = ?`, [invitation.id]);
  await expireOverdue(orm.em.fork());
  expect(expiredMail.type).toBe('account'); // whether the inviter gets such mail is asked when it leaves
  expect(await render(expiredMail, orm, 'invitation.expired', invitation)).toMatchObject({
    label: inviter.email,
    mail: {
      subject: `The invitation of ${invitation.email} expired`,
      text: expect.stringContaining(`/staff/invitations/${invitation.id}`) as string,
    },
  });
  await em.execute('delete from delivery');
  await em.execute('update admin set disabled_at = now() where id = ?', [inviter.id]);
  expect(await render(expiredMail, orm, 'invitation.expired', invitation)).toBeUndefined();
});
