import { z } from 'zod';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { recipientOf } from './recipient.ts';

const about = z.object({ adminId: z.uuid() });
const SUBJECT = 'Your password was changed';

/** Full date and time in a zone, which is named. */
export const inWords = (moment: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(moment)} (${timeZone})`;

/** Tells a person that their password is another one: if it was not they, this is how they learn of it. */
export const changedMail: SystemMail = {
  id: 'password-changed',
  on: ['password.changed', 'password.reset'],

  recipients: async (em, event) => [await recipientOf(em, about.parse(event.facts).adminId, SUBJECT)],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, about.parse(event.facts).adminId);
    if (!admin) return { suppressed: 'The account is gone.' };
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    const { name, timeZone } = await organisation(em);
    const when = inWords(event.at, admin.timeZone ?? timeZone);
    const { html, text } = composeMail({
      organisation: name,
      title: SUBJECT,
      paragraphs: [
        `The password of your account ${admin.username} was ${event.type === 'password.reset' ? 'set anew by a link' : 'changed'} on ${when}, from ${event.address ?? 'an unknown address'}. All other login sessions ended.`,
        'If it was you, there is nothing to do. Otherwise choose a new password at once, and tell a Full Administrator.',
      ],
      action: { label: 'Choose a New Password', url: `${baseUrl}/forgot-password` },
      footer: `Quarterdeck sent this to ${admin.email}, the address of that account.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject: SUBJECT, html, text };
  },
};
