import { expiringKeys } from '../auth/expiring-keys.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-keys',
  title: 'Needs attention: API keys',
  description: 'API keys that end within two weeks.',
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
        one: first ? `The API key ${first.name} ends soon` : '',
        several: 'API keys end soon',
        lamp: 'warn',
        href: '/settings/api-keys',
        action: 'Make new ones',
      },
    ]);
  },
});
