import { z } from 'zod';
import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { inWords } from '../password-resets/changed-mail.ts';
import { recipientOf } from '../password-resets/recipient.ts';
import { organisation } from '../settings/queries.ts';

const about = z.object({ adminId: z.uuid() });

/** What changed, as the subject and as a sentence without its end. */
function said({ type, facts }: Event): { subject: string; what: string } {
  if (type === 'second-factor.removed') {
    const { factor, label } = recordable[type].facts.parse(facts);
    const subject = factor === 'app' ? 'Your authenticator app was removed' : 'A passkey was removed from your account';
    return { subject, what: factor === 'app' ? 'The authenticator app was removed from' : `The passkey ${label ?? ''} was removed from` };
  }
  const { factor, label } = recordable['second-factor.enrolled'].facts.parse(facts);
  if (factor === 'recovery codes')
    return { subject: 'Your recovery codes were made anew', what: 'New recovery codes, in place of those before, were made for' };
  if (factor === 'app') return { subject: 'An authenticator app was added to your account', what: 'An authenticator app was added to' };
  return { subject: 'A passkey was added to your account', what: `The passkey ${label ?? ''} was added to` };
}

/** Tells a person that their second factors are not what they were: if it was not they, this is how they learn of it. */
export const factorChangedMail: SystemMail = {
  id: 'second-factor-changed',
  on: ['second-factor.enrolled', 'second-factor.removed'],

  recipients: async (em, event) => [await recipientOf(em, about.parse(event.facts).adminId, said(event).subject)],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, about.parse(event.facts).adminId);
    if (!admin) return { suppressed: 'The account is gone.' };
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    const { name, timeZone } = await organisation(em);
    const { subject, what } = said(event);
    const when = inWords(event.at, admin.timeZone ?? timeZone);
    const { html, text } = composeMail({
      organisation: name,
      title: subject,
      paragraphs: [
        `${what} your account ${admin.username} on ${when}, from ${event.address ?? 'an unknown address'}.`,
        'If it was you, there is nothing to do. Otherwise change your password at once, end the sessions you do not know, and tell a Full Administrator.',
      ],
      action: { label: 'Look at Your Account', url: `${baseUrl}/account/security` },
      footer: `Quarterdeck sent this to ${admin.email}, the address of that account.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject, html, text };
  },
};
