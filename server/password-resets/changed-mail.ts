import { z } from 'zod';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { inFull } from '../words/moments.ts';
import { say, sayAll } from '../words/say.ts';
import { recipientOf } from './recipient.ts';

const about = z.object({ adminId: z.uuid() });
const SUBJECT = 'Your password was changed';

/** Tells a person that their password is another one: if it was not they, this is how they learn of it. */
export const changedMail: SystemMail = {
  id: 'password-changed',
  on: ['password.changed', 'password.reset'],

  recipients: async (em, event) => [await recipientOf(em, about.parse(event.facts).adminId, sayAll(SUBJECT))],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, about.parse(event.facts).adminId);
    if (!admin) return { suppressed: sayAll('The account is gone.') };
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    const { name, timeZone } = await organisation(em);
    const values = {
      username: admin.username,
      when: inFull(event.at, admin.timeZone ?? timeZone),
      address: event.address ?? say('an unknown address'),
    };
    const { html, text } = composeMail({
      organisation: name,
      title: say(SUBJECT),
      paragraphs: [
        event.type === 'password.reset'
          ? say(
              'The password of your account {username} was set anew by a link on {when}, from {address}. All other login sessions ended.',
              values,
            )
          : say('The password of your account {username} was changed on {when}, from {address}. All other login sessions ended.', values),
        say('If it was you, there is nothing to do. Otherwise choose a new password at once, and tell a Full Administrator.'),
      ],
      action: { label: say('Choose a New Password'), url: `${baseUrl}/forgot-password` },
      footer: say('Quarterdeck sent this to {to}, the address of that account.', { to: admin.email }),
    });
    return { to: { name: admin.name, address: admin.email }, subject: say(SUBJECT), html, text };
  },
};
