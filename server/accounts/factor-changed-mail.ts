import { z } from 'zod';
import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { recipientOf } from '../password-resets/recipient.ts';
import { organisation } from '../settings/queries.ts';
import { inFull } from '../words/moments.ts';
import { type Plain, say, sayAll } from '../words/say.ts';

const about = z.object({ adminId: z.uuid() });

/** What changed, as the subject. */
function subjectOf({ type, facts }: Event): Plain {
  if (type === 'second-factor.removed') {
    const { factor } = recordable[type].facts.parse(facts);
    return factor === 'app' ? 'Your authenticator app was removed' : 'A passkey was removed from your account';
  }
  const { factor } = recordable['second-factor.enrolled'].facts.parse(facts);
  if (factor === 'recovery codes') return 'Your recovery codes were made anew';
  return factor === 'app' ? 'An authenticator app was added to your account' : 'A passkey was added to your account';
}

/** What changed, as a sentence. */
function said({ type, facts }: Event, where: { username: string; when: string; address: string }): string {
  if (type === 'second-factor.removed') {
    const { factor, label = '' } = recordable[type].facts.parse(facts);
    return factor === 'app'
      ? say('The authenticator app was removed from your account {username} on {when}, from {address}.', where)
      : say('The passkey {label} was removed from your account {username} on {when}, from {address}.', { label, ...where });
  }
  const { factor, label = '' } = recordable['second-factor.enrolled'].facts.parse(facts);
  if (factor === 'recovery codes')
    return say('New recovery codes, in place of those before, were made for your account {username} on {when}, from {address}.', where);
  return factor === 'app'
    ? say('An authenticator app was added to your account {username} on {when}, from {address}.', where)
    : say('The passkey {label} was added to your account {username} on {when}, from {address}.', { label, ...where });
}

/** Tells a person that their second factors are not what they were: if it was not they, this is how they learn of it. */
export const factorChangedMail: SystemMail = {
  id: 'second-factor-changed',
  on: ['second-factor.enrolled', 'second-factor.removed'],

  recipients: async (em, event) => [await recipientOf(em, about.parse(event.facts).adminId, sayAll(subjectOf(event)))],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, about.parse(event.facts).adminId);
    if (!admin) return { suppressed: sayAll('The account is gone.') };
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    const { name, timeZone } = await organisation(em);
    const subject = say(subjectOf(event));
    const when = inFull(event.at, admin.timeZone ?? timeZone);
    const address = event.address ?? say('an unknown address');
    const { html, text } = composeMail({
      organisation: name,
      title: subject,
      paragraphs: [
        said(event, { username: admin.username, when, address }),
        say(
          'If it was you, there is nothing to do. Otherwise change your password at once, end the sessions you do not know, and tell a Full Administrator.',
        ),
      ],
      action: { label: say('Look at Your Account'), url: `${baseUrl}/account/security` },
      footer: say('Quarterdeck sent this to {to}, the address of that account.', { to: admin.email }),
    });
    return { to: { name: admin.name, address: admin.email }, subject, html, text };
  },
};
