import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { Invitation } from './Invitation.ts';
import { isVouchedFor } from './policy.ts';
import { wasResentAfter } from './queries.ts';

const factsOf = (event: Event) => recordable['invitation.new-link-asked'].facts.parse(event.facts);
const subjectOf = (email: string): string => `${email} asks for a new invitation link`;

/** Who can help: the inviter, or, where they could not resend it any more, the Full Administrators. */
async function helpers(em: EntityManager, invitationId: string): Promise<Admin[]> {
  const invitation = await em.findOneOrFail(Invitation, invitationId, { populate: ['roles', 'invitedBy.roles'] });
  if (isVouchedFor(invitation)) return [invitation.invitedBy];
  return em.find(Admin, { disabledAt: null, roles: { superadmin: true } }, { orderBy: { id: 'asc' } });
}

/** Tells who can help that the holder of a dead link asked for a new one. Nothing goes to the holder. */
export const askedMail: SystemMail = {
  id: 'invitation-link-asked',
  type: 'account',
  on: ['invitation.new-link-asked'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const admins = await helpers(em, invitationId);
    return admins.map(admin => ({ key: admin.id, label: admin.email, about: subjectOf(email), target: { adminId: admin.id } }));
  },

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId, email, roles, inviter } = factsOf(event);
    const admin = await em.findOneOrFail(Admin, String(delivery.target['adminId']));
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    if (await wasResentAfter(em, event, invitationId)) return { suppressed: 'The invitation was resent meanwhile.' };
    const { name } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(email),
      paragraphs: [
        `The link of ${inviter}’s invitation to ${email} as ${roles.join(', ')} does not work any more, and whoever holds it asked for another.`,
        'Resend the invitation if they should have one. Otherwise there is nothing to do.',
      ],
      action: { label: 'Open Invitation', url: `${baseUrl}/staff/invitations/${invitationId}` },
      footer: `Quarterdeck sent this to ${admin.email}, who can resend the invitation.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(email), html, text };
  },
};
