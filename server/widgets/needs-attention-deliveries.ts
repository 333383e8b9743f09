import { Delivery } from '../notifications/Delivery.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

const DAYS = 7;

export default widget({
  id: 'needs-attention-deliveries',
  title: 'Needs attention: deliveries',
  description: `Messages of the last ${DAYS} days that were given up.`,
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
        one: 'A delivery failed',
        several: 'Deliveries failed',
        lamp: 'bad',
        href: '/notifications/log?state=failed',
        action: 'Retry or inspect',
      },
    ]);
  },
});
