import { Delivery } from '../notifications/Delivery.ts';
import { later, sayAll } from '../words/say.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

const DAYS = 7;

export default widget({
  id: 'needs-attention-deliveries',
  title: later('Needs attention: deliveries'),
  description: later('Messages of the last 7 days that were given up.'),
  view: 'list',
  needs: 'deliveries.replay',
  partOf: 'needs-attention',
  refreshOn: ['delivery.failed', 'delivery.replayed', 'deliveries.replayed'],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const since = new Date(Date.now() - DAYS * 24 * 60 * 60 * 1000);
    return concerns([
      {
        id: 'deliveries-failed',
        count: await em.count(Delivery, { state: 'failed', finishedAt: { $gte: since } }),
        one: sayAll('A delivery failed'),
        several: sayAll('Deliveries failed'),
        lamp: 'bad',
        href: '/notifications/log?state=failed',
        action: sayAll('Retry or inspect'),
      },
    ]);
  },
});
