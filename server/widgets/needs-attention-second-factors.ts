import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';
import { later, sayAll } from '../words/say.ts';

/** Whoever can sign in, holds a role that demands a second factor, and has set up none. */
const MISSING = `
  select count(*)::int as missing from admin a
   where a.disabled_at is null
     and exists (select from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id and r.second_factor_demanded)
     and not exists (select from totp t where t.admin_id = a.id and t.confirmed_at is not null)
     and not exists (select from passkey p where p.admin_id = a.id)`;

export default widget({
  id: 'needs-attention-second-factors',
  title: later('Needs attention: second factors'),
  description: later('Admins whose role demands a second factor, and who have none yet.'),
  view: 'list',
  needs: 'admins.secure',
  partOf: 'needs-attention',
  refreshOn: [
    'second-factor.enrolled',
    'second-factor.removed',
    'second-factor.reset',
    'role.edited',
    'role.deleted',
    'rights.changed',
    'admin.added',
    'admin.disabled',
    'admin.enabled',
    'setup.completed',
  ],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const [{ missing } = { missing: 0 }] = await em.execute<{ missing: number }[]>(MISSING);
    return concerns([
      {
        id: 'second-factors-missing',
        count: missing,
        one: sayAll('An admin lacks the second factor their role demands'),
        several: sayAll('Admins lack the second factor their role demands'),
        lamp: 'warn',
        href: '/staff?secondFactor=missing',
        action: sayAll('Open'),
      },
    ]);
  },
});
