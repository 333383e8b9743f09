import type { EntityManager } from '@mikro-orm/postgresql';
import { RESET_MINUTES } from '#contract/accounts.ts';
import { recordable } from '#contract/events.ts';
import { PasswordReset } from '../auth/PasswordReset.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { recipientOf } from './recipient.ts';
import { resetLink } from './link.ts';

const factsOf = (event: Event) => recordable['password.reset-requested'].facts.parse(event.facts);
const subjectOf = (name: string): string => `Choose a new password for ${name}`;

/** Why this mail is of no use any more; `undefined` when it is. */
async function uselessBecause(em: EntityManager, reset: PasswordReset): Promise<string | undefined> {
  if (reset.admin.disabledAt) return `The account of ${reset.admin.name} is disabled.`;
  if (reset.usedAt) return 'The link was used before the mail left.';
  if (reset.revokedAt) return 'The link was revoked before the mail left.';
  return reset.expiresAt > (await databaseNow(em)) ? undefined : 'The link had run out before the mail left.';
}

/** The mail that carries the link. What the shell prints is mailed to nobody. */
export const resetMail: SystemMail = {
  id: 'password-reset',
  on: ['password.reset-requested'],
  /** With somebody else's link one could become them. */
  keyOf: delivery => String(delivery.target['adminId']),

  async recipients(em, event) {
    const { adminId, by } = factsOf(event);
    if (by === 'shell') return [];
    return [await recipientOf(em, adminId, subjectOf((await organisation(em)).name))];
  },

  async render(em, { secrets, baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { resetId, by } = factsOf(event);
    const reset = await em.findOne(PasswordReset, resetId, { populate: ['admin'] });
    if (!reset) return { suppressed: 'The account is gone.' };
    const reason = await uselessBecause(em, reset);
    if (reason !== undefined) return { suppressed: reason };
    const url = resetLink.urlOf(secrets, baseUrl, reset);
    if (!url) return { suppressed: 'Its link was made with an earlier secret key of this installation. Ask for another.' };
    const { name } = await organisation(em);
    const { username, email, name: person } = reset.admin;
    const asked =
      by === 'staff'
        ? `${event.actorName} asks you to choose a new password for your account ${username}.`
        : `Somebody at ${event.address ?? 'an unknown address'} asked for a new password for your account ${username}.`;
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(name),
      paragraphs: [asked, `The link is good for ${RESET_MINUTES} minutes and works once. When it is used, all your login sessions end.`],
      action: { label: 'Choose a New Password', url },
      footer: `Quarterdeck sent this to ${email}, the address of that account. If you did not expect it, leave it: without the link nothing happens.`,
    });
    return { to: { name: person, address: email }, subject: subjectOf(name), html, text };
  },
};
