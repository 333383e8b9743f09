import { ProviderActivation } from '../notifications/ProviderActivation.ts';
import { later, sayAll } from '../words/say.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-providers',
  title: later('Needs attention: providers'),
  description: later('Ways out that were paused, since the service does not let them in any more.'),
  view: 'list',
  needs: 'providers.edit',
  partOf: 'needs-attention',
  refreshOn: ['provider.paused', 'provider.activated', 'provider.deactivated'],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const paused = await em.find(ProviderActivation, { pausedAt: { $ne: null } }, { fields: ['id'], orderBy: { id: 'asc' } });
    const [first] = paused;
    return concerns([
      {
        id: 'providers-paused',
        count: paused.length,
        one: sayAll('A provider is paused'),
        several: sayAll('Providers are paused'),
        lamp: 'bad',
        href: paused.length === 1 && first ? `/notifications/providers/${first.id}` : '/notifications/providers',
        action: sayAll('Reconnect'),
      },
    ]);
  },
});
