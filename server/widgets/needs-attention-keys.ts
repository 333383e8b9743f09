import { expiringKeys } from '../auth/expiring-keys.ts';
import { later, sayAll } from '../words/say.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-keys',
  title: later('Needs attention: API keys'),
  description: later('API keys that end within two weeks.'),
  view: 'list',
  needs: 'keys.view',
  partOf: 'needs-attention',
  refreshOn: ['key.made', 'key.revoked', 'admin.disabled', 'admin.enabled'],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const keys = await expiringKeys(em);
    const [first] = keys;
    return concerns([
      {
        id: 'keys-expiring',
        count: keys.length,
        one: first ? sayAll('The API key {name} ends soon', { name: first.name }) : '',
        several: sayAll('API keys end soon'),
        lamp: 'warn',
        href: '/settings/api-keys',
        action: sayAll('Make new ones'),
      },
    ]);
  },
});
