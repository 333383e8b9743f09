import type { Lamp, ViewData } from '#contract/widgets.ts';
import { ProjectedOrder } from '../projections/ProjectedOrder.ts';
import { orderCounts, ordersByState } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { businessOf, current } from './_business.ts';
import { minutes, widget } from './_widget.ts';

type Item = ViewData<'stats'>['groups'][number]['items'][number];

const LATEST = 12;
const DAYS = 30;

const states = {
  placed: { words: 'pending', lamp: 'warn' },
  accepted: { words: 'accepted', lamp: 'ok' },
  cancelled: { words: 'cancelled', lamp: 'idle' },
  'marked-as-fraud': { words: 'marked as fraud', lamp: 'bad' },
} as const satisfies Record<string, { words: string; lamp: Lamp }>;

const latest = ({ order, state, client, amount, currency }: ProjectedOrder): Item => ({
  label: order,
  value: Number(amount),
  unit: currency,
  note: `${states[state].words}${client ? ` · ${client.slice(0, 200)}` : ''}`,
  lamp: states[state].lamp,
});

export default widget({
  id: 'orders',
  title: 'Orders',
  description: `Orders that wait for a decision, what became of the others in the last ${DAYS} days, and the latest.`,
  view: 'stats',
  rows: 8,
  weight: 24,
  needs: 'orders.view',
  refreshOn: businessOf('order'),
  every: minutes(5), // a day begins without an event
  load: current(async ({ em }) => {
    const { timeZone } = await organisation(em);
    const { today, pending } = await orderCounts(em, timeZone);
    const { accepted, cancelled, fraud } = await ordersByState(em, DAYS);
    const orders = await em.find(ProjectedOrder, { placedAt: { $ne: null } }, { orderBy: { placedAt: 'desc' }, limit: LATEST });
    return {
      groups: [
        {
          label: 'Now',
          items: [
            { label: 'Pending', value: pending, lamp: pending > 0 ? 'warn' : 'ok' },
            { label: 'Placed today', value: today },
          ],
        },
        {
          label: `Last ${DAYS} days`,
          items: [
            { label: 'Accepted', value: accepted },
            { label: 'Cancelled', value: cancelled },
            { label: 'Marked as fraud', value: fraud, lamp: fraud > 0 ? 'warn' : 'ok' },
          ],
        },
        ...(orders.length > 0 ? [{ label: 'Latest', items: orders.map(latest) }] : []),
      ],
    };
  }),
});
