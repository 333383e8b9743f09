import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import { isPermission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { giversOf, rolesGranting } from '../roles/givers.ts';

const factsOf = (event: Event) => recordable['rights.asked-for'].facts.parse(event.facts);
const subjectOf = ({ name, label }: { name: string; label: string }): string => `${name} asks for the right ${label}`;
const askerOf = (em: EntityManager, id: string): Promise<Admin | null> =>
  em.findOne(Admin, { id, disabledAt: null }, { populate: ['roles'] });

/** Tells those who can give a right that somebody asks for it. */
export const rightAskedMail: SystemMail = {
  id: 'right-asked-for',
  type: 'account',
  on: ['rights.asked-for'],

  async recipients(em, event) {
    const facts = factsOf(event);
    const asker = await askerOf(em, facts.adminId);
    if (!asker || !isPermission(facts.permission)) return [];
    const givers = await giversOf(em, facts.permission, { id: asker.id, permissions: asker.effective(), superadmin: asker.isSuperadmin });
    return givers.map(({ id, email }) => ({ key: id, label: email, about: subjectOf(facts), target: { adminId: id } }));
  },

  async render(em, { baseUrl }, delivery) {
    const facts = factsOf(await em.findOneOrFail(Event, delivery.event.id));
    const { adminId, name, permission, label } = facts;
    const [asker, admin] = await Promise.all([askerOf(em.fork(), adminId), em.findOneOrFail(Admin, String(delivery.target['adminId']))]);
    if (admin.disabledAt) return { suppressed: `The account of ${admin.name} is disabled.` };
    if (!asker) return { suppressed: `${name} cannot sign in any more.` };
    if (!isPermission(permission) || asker.effective().has(permission)) return { suppressed: `${name} has the right meanwhile.` };
    const roles = (await rolesGranting(em, permission)).map(role => role.name);
    const { name: house } = await organisation(em);
    const { html, text } = composeMail({
      organisation: house,
      title: subjectOf(facts),
      paragraphs: [
        `${name} was refused something that needs the right ${label} (${permission}), and asks for it.`,
        `Roles that grant it: ${roles.join(', ')}. ${name} has: ${asker.roles.map(role => role.name).join(', ') || 'no role'}.`,
        'Give a role that fits, or leave it: nothing changes by itself.',
      ],
      action: { label: 'Open Account', url: `${baseUrl}/staff/${adminId}` },
      footer: `Quarterdeck sent this to ${admin.email}, who can give this right.`,
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(facts), html, text };
  },
};
