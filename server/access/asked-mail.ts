import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import { isPermission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { organisation } from '../settings/queries.ts';
import { rightLabel } from '../words/rights.ts';
import { inEach, say, sayAll } from '../words/say.ts';
import { giversOf, rolesGranting } from '../roles/givers.ts';

const factsOf = (event: Event) => recordable['rights.asked-for'].facts.parse(event.facts);
const labelOf = ({ permission, label }: { permission: string; label: string }): string =>
  isPermission(permission) ? rightLabel(permission) : label;
const subjectOf = (facts: { name: string; permission: string; label: string }): string =>
  say('{name} asks for the right {label}', { name: facts.name, label: labelOf(facts) });
const askerOf = (em: EntityManager, id: string): Promise<Admin | null> =>
  em.findOne(Admin, { id, disabledAt: null }, { populate: ['roles'] });

/** Tells those who can give a right that somebody asks for it. */
export const rightAskedMail: SystemMail = {
  id: 'right-asked-for',
  type: 'account',
  about: { label: 'Mails that somebody asks for a right', whom: 'It goes to those who can give that right.' },
  on: ['rights.asked-for'],

  async recipients(em, event) {
    const facts = factsOf(event);
    const asker = await askerOf(em, facts.adminId);
    if (!asker || !isPermission(facts.permission)) return [];
    const givers = await giversOf(em, facts.permission, { id: asker.id, permissions: asker.effective(), superadmin: asker.isSuperadmin });
    const about = inEach(() => subjectOf(facts));
    return givers.map(({ id, email, language }) => ({ key: id, label: email, about, language, target: { adminId: id } }));
  },

  async render(em, { baseUrl }, delivery) {
    const facts = factsOf(await em.findOneOrFail(Event, delivery.event.id));
    const { adminId, name, permission } = facts;
    const label = labelOf(facts);
    const [asker, admin] = await Promise.all([askerOf(em.fork(), adminId), em.findOneOrFail(Admin, String(delivery.target['adminId']))]);
    if (admin.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: admin.name }) };
    if (!asker) return { suppressed: sayAll('{name} cannot sign in any more.', { name }) };
    if (!isPermission(permission) || asker.effective().has(permission))
      return { suppressed: sayAll('{name} has the right meanwhile.', { name }) };
    const roles = (await rolesGranting(em, permission)).map(role => role.name);
    const { name: house } = await organisation(em);
    const { html, text } = composeMail({
      organisation: house,
      title: subjectOf(facts),
      paragraphs: [
        say('{name} was refused something that needs the right {label} ({permission}), and asks for it.', { name, label, permission }),
        say('Roles that grant it: {roles}. {name} has: {own}.', {
          roles: roles.join(', '),
          name,
          own: asker.roles.map(role => role.name).join(', ') || say('no role'),
        }),
        say('Give a role that fits, or leave it: nothing changes by itself.'),
      ],
      action: { label: say('Open Account'), url: `${baseUrl}/staff/${adminId}` },
      footer: say('Quarterdeck sent this to {to}, who can give this right.', { to: admin.email }),
    });
    return { to: { name: admin.name, address: admin.email }, subject: subjectOf(facts), html, text };
  },
};
