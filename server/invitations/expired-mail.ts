import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { inShort, listed } from '../words/moments.ts';
import { inEach, say, sayAll } from '../words/say.ts';
import { Invitation } from './Invitation.ts';

const factsOf = (event: Event) => recordable['invitation.expired'].facts.parse(event.facts);
const subjectOf = (email: string): string => say('The invitation of {email} expired', { email });

/** Tells whoever invited that nobody accepted in time. */
export const expiredMail: SystemMail = {
  id: 'invitation-expired',
  type: 'account',
  about: { label: 'Mails about invitations that expired', whom: 'It goes to whoever invited.' },
  on: ['invitation.expired'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const { invitedBy } = await em.findOneOrFail(Invitation, invitationId, { populate: ['invitedBy'] });
    if (invitedBy.disabledAt) return [];
    const { id, email: label, language } = invitedBy;
    return [{ key: id, label, about: inEach(() => subjectOf(email)), language, target: { adminId: id } }];
  },

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId, email, roles } = factsOf(event);
    const admin = await em.findOneOrFail(Admin, String(delivery.target['adminId']));
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    const invitation = await em.findOneOrFail(Invitation, invitationId);
    const state = invitation.stateAt(await databaseNow(em));
    if (state !== 'expired') return { suppressed: sayAll(`The invitation is ${state} meanwhile.`) };
    const { name, timeZone } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(email),
      paragraphs: [
        say('Nobody accepted your invitation of {email} as {roles}. Its link stopped working on {when}.', {
          email,
          roles: listed(roles),
          when: inShort(invitation.expiresAt, admin.timeZone ?? timeZone),
        }),
        say('Resend it for a new link and another seven days, or revoke it if it is no longer wanted.'),
      ],
      action: { label: say('Open Invitation'), url: `${baseUrl}/staff/invitations/${invitationId}` },
      footer: say('Quarterdeck sent this to {to}, who invited {email}. Account mail can be switched off under My Account.', {
        to: admin.email,
        email,
      }),
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(email), html, text };
  },
};
