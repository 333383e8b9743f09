import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { recipientOf } from '../password-resets/recipient.ts';
import { organisation } from '../settings/queries.ts';
import { say, sayAll } from '../words/say.ts';

const factsOf = (event: Event) => recordable['second-factor.reset'].facts.parse(event.facts);
const SUBJECT = 'Your second factor was reset';

/** Tells a person that somebody removed their second factors: if they did not ask for it, somebody pretended to be them. */
export const factorResetMail: SystemMail = {
  id: 'second-factor-reset',
  on: ['second-factor.reset'],

  recipients: async (em, event) => [await recipientOf(em, factsOf(event).adminId, sayAll(SUBJECT))],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, factsOf(event).adminId);
    if (!admin) return { suppressed: sayAll('The account is gone.') };
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    const { name } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: say(SUBJECT),
      paragraphs: [
        say('{actor} removed all second factors of your account {username}. Your login sessions ended.', {
          actor: event.actorName,
          username: admin.username,
        }),
        say(
          'If you asked for it, sign in and set up a new one. If you did not, change your password at once, and tell a Full Administrator.',
        ),
      ],
      action: { label: say('Sign In'), url: `${baseUrl}/sign-in` },
      footer: say('Quarterdeck sent this to {to}, the address of that account.', { to: admin.email }),
    });
    return { to: { name: admin.name, address: admin.email }, subject: say(SUBJECT), html, text };
  },
};
