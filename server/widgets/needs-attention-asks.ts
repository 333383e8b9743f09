import { openAsks } from '../access/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-asks',
  title: later('Needs attention: rights asked for'),
  description: later('Rights that somebody asked for within a week and does not have yet.'),
  view: 'list',
  needs: 'admins.edit',
  partOf: 'needs-attention',
  refreshOn: ['rights.asked-for', 'rights.changed', 'role.edited', 'admin.disabled'],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const asks = await openAsks(em);
    const [first] = asks;
    return concerns([
      {
        id: 'rights-asked',
        count: asks.length,
        one: first ? sayAll('{name} asks for the right {label}', { name: first.name, label: first.label }) : '',
        several: sayAll('People ask for rights'),
        lamp: 'warn',
        href: asks.length === 1 && first ? `/staff/${first.adminId}/access` : '/activity?type=rights.asked-for',
        action: sayAll('Decide'),
      },
    ]);
  },
});
