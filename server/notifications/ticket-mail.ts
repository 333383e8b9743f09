import { BUSINESS_TYPES } from '#contract/events.ts';
import { DepartmentMember } from '../departments/Department.ts';
import { say, sayAll } from '../words/say.ts';
import { roleMail } from './role-mail.ts';

/** Tells those of a department who hear of its tickets what happens to one. */
export const ticketMail = roleMail({
  id: 'ticket',
  type: 'support',
  about: { label: 'Mails about tickets', whom: 'It goes to those of the ticket’s department who hear of its tickets.' },
  on: BUSINESS_TYPES.filter(type => type.startsWith('ticket.')),

  async concerned(em, { facts: { department } }) {
    if (typeof department !== 'string') return [];
    const named = { $ilike: department.trim().replaceAll(/[\\%_]/g, String.raw`\$&`) };
    const members = await em.find(
      DepartmentMember,
      { department: { name: named }, ticketNotifications: true, admin: { disabledAt: null } },
      { populate: ['admin'], orderBy: { admin: { id: 'asc' } } },
    );
    return members.map(({ admin }) => admin);
  },

  alike: ({ facts: { department } }) => String(department),
  unconcerned: name => sayAll('{name} does not hear of the department’s tickets any more.', { name }),
  advice: () => say('Answer it where your tickets are kept.'),
  because: to =>
    say(
      'Quarterdeck sent this to {to}, since you are told of your department’s tickets. Support mail can be switched off under My Account.',
      { to },
    ),
});
