import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { recipientOf } from '../password-resets/recipient.ts';
import { organisation } from '../settings/queries.ts';

const factsOf = (event: Event) => recordable['second-factor.reset'].facts.parse(event.facts);
const SUBJECT = 'Your second factor was reset';

/** Tells a person that somebody removed their second factors: if they did not ask for it, somebody pretended to be them. */
export const factorResetMail: SystemMail = {
  id: 'second-factor-reset',
  on: ['second-factor.reset'],

  recipients: async (em, event) => [await recipientOf(em, factsOf(event).adminId, SUBJECT)],

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const admin = await em.findOne(Admin, factsOf(event).adminId);
    if (!admin) return { suppressed: 'The account is gone.' };
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    const { name } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: SUBJECT,
      paragraphs: [
        `${event.actorName} removed all second factors of your account ${admin.username}. Your login sessions ended.`,
        'If you asked for it, sign in and set up a new one. If you did not, change your password at once, and tell a Full Administrator.',
      ],
      action: { label: 'Sign In', url: `${baseUrl}/sign-in` },
      footer: `Quarterdeck sent this to ${admin.email}, the address of that account.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject: SUBJECT, html, text };
  },
};
