import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { Invitation } from './Invitation.ts';
import { inWords } from './letter.ts';

const factsOf = (event: Event) => recordable['invitation.expired'].facts.parse(event.facts);
const subjectOf = (email: string): string => `The invitation of ${email} expired`;

/** Tells whoever invited that nobody accepted in time. */
export const expiredMail: SystemMail = {
  id: 'invitation-expired',
  type: 'account',
  on: ['invitation.expired'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const { invitedBy } = await em.findOneOrFail(Invitation, invitationId, { populate: ['invitedBy'] });
    if (invitedBy.disabledAt) return [];
    return [{ key: invitedBy.id, label: invitedBy.email, about: subjectOf(email), target: { adminId: invitedBy.id } }];
  },

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId, email, roles } = factsOf(event);
    const admin = await em.findOneOrFail(Admin, String(delivery.target['adminId']));
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    const invitation = await em.findOneOrFail(Invitation, invitationId);
    if (invitation.state !== 'expired') return { suppressed: `The invitation is ${invitation.state} meanwhile.` };
    const { name, timeZone } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(email),
      paragraphs: [
        `Nobody accepted your invitation of ${email} as ${new Intl.ListFormat('en-GB').format(roles)}. Its link stopped working on ${inWords(invitation.expiresAt, timeZone)}.`,
        'Resend it for a new link and another seven days, or revoke it if it is no longer wanted.',
      ],
      action: { label: 'Open Invitation', url: `${baseUrl}/staff/invitations/${invitationId}` },
      footer: `Quarterdeck sent this to ${admin.email}, who invited ${email}. Account mail can be switched off under My Account.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(email), html, text };
  },
};
