import type { EntityManager } from '@mikro-orm/postgresql';
import { RESET_MINUTES } from '#contract/accounts.ts';
import { recordable } from '#contract/events.ts';
import type { InEach } from '#contract/languages.ts';
import { PasswordReset } from '../auth/PasswordReset.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { inEach, say, sayAll } from '../words/say.ts';
import { recipientOf } from './recipient.ts';
import { resetLink } from './link.ts';

const factsOf = (event: Event) => recordable['password.reset-requested'].facts.parse(event.facts);
const subjectOf = (name: string): string => say('Choose a new password for {name}', { name });

/** Why this mail is of no use any more; `undefined` when it is. */
async function uselessBecause(em: EntityManager, reset: PasswordReset): Promise<InEach | undefined> {
  if (reset.admin.disabledAt) return sayAll('The account of {name} is disabled.', { name: reset.admin.name });
  if (reset.usedAt) return sayAll('The link was used before the mail left.');
  if (reset.revokedAt) return sayAll('The link was revoked before the mail left.');
  return reset.expiresAt > (await databaseNow(em)) ? undefined : sayAll('The link had run out before the mail left.');
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
    const { name } = await organisation(em);
    return [
      await recipientOf(
        em,
        adminId,
        inEach(() => subjectOf(name)),
      ),
    ];
  },

  async render(em, { secrets, baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { resetId, by } = factsOf(event);
    const reset = await em.findOne(PasswordReset, resetId, { populate: ['admin'] });
    if (!reset) return { suppressed: sayAll('The account is gone.') };
    const reason = await uselessBecause(em, reset);
    if (reason !== undefined) return { suppressed: reason };
    const url = resetLink.urlOf(secrets, baseUrl, reset);
    if (!url) return { suppressed: sayAll('Its link was made with an earlier secret key of this installation. Ask for another.') };
    const { name } = await organisation(em);
    const { username, email, name: person } = reset.admin;
    const asked =
      by === 'staff'
        ? say('{actor} asks you to choose a new password for your account {username}.', { actor: event.actorName, username })
        : say('Somebody at {address} asked for a new password for your account {username}.', {
            address: event.address ?? say('an unknown address'),
            username,
          });
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(name),
      paragraphs: [
        asked,
        say('The link is good for {minutes} minutes and works once. When it is used, all your login sessions end.', {
          minutes: RESET_MINUTES,
        }),
      ],
      action: { label: say('Choose a New Password'), url },
      footer: say(
        'Quarterdeck sent this to {to}, the address of that account. If you did not expect it, leave it: without the link nothing happens.',
        { to: email },
      ),
    });
    return { to: { name: person, address: email }, subject: subjectOf(name), html, text };
  },
};
