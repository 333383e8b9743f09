import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { inEach, say, sayAll } from '../words/say.ts';
import { Invitation } from './Invitation.ts';
import { isVouchedFor } from './policy.ts';
import { wasResentAfter } from './queries.ts';

const factsOf = (event: Event) => recordable['invitation.new-link-asked'].facts.parse(event.facts);
const subjectOf = (email: string): string => say('{email} asks for a new invitation link', { email });

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
  about: { label: 'Mails that somebody asks for a new invitation', whom: 'It goes to whoever invited, or else to Full Administrators.' },
  on: ['invitation.new-link-asked'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const admins = await helpers(em, invitationId);
    const about = inEach(() => subjectOf(email));
    return admins.map(admin => ({ key: admin.id, label: admin.email, about, language: admin.language, target: { adminId: admin.id } }));
  },

  async render(em, { baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId, email, roles, inviter } = factsOf(event);
    const admin = await em.findOneOrFail(Admin, String(delivery.target['adminId']));
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    if (await wasResentAfter(em, event, invitationId)) return { suppressed: sayAll('The invitation was resent meanwhile.') };
    const { name } = await organisation(em);
    const { html, text } = composeMail({
      organisation: name,
      title: subjectOf(email),
      paragraphs: [
        say('The link of {inviter}’s invitation to {email} as {roles} does not work any more, and whoever holds it asked for another.', {
          inviter,
          email,
          roles: roles.join(', '),
        }),
        say('Resend the invitation if they should have one. Otherwise there is nothing to do.'),
      ],
      action: { label: say('Open Invitation'), url: `${baseUrl}/staff/invitations/${invitationId}` },
      footer: say('Quarterdeck sent this to {to}, who can resend the invitation.', { to: admin.email }),
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(email), html, text };
  },
};
