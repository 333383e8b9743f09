import type { Lamp, Figures } from '#contract/widgets.ts';
import { ProjectedOrder } from '../projections/ProjectedOrder.ts';
import { orderCounts, ordersByState } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { type Plain, inEach, later, say, sayAll } from '../words/say.ts';
import { businessOf, current } from './_business.ts';
import { minutes, widget } from './_widget.ts';

type Item = Figures<'stats'>['groups'][number]['items'][number];

const LATEST = 12;
const DAYS = 30;

const states = {
  placed: { words: 'pending', lamp: 'warn' },
  accepted: { words: 'accepted', lamp: 'ok' },
  cancelled: { words: 'cancelled', lamp: 'idle' },
  'marked-as-fraud': { words: 'marked as fraud', lamp: 'bad' },
} as const satisfies Record<string, { words: Plain; lamp: Lamp }>;

const latest = ({ order, state, client, amount, currency }: ProjectedOrder): Item => ({
  label: order,
  value: Number(amount),
  unit: currency,
  note: inEach(() => `${say(states[state].words)}${client ? ` · ${client.slice(0, 200)}` : ''}`),
  lamp: states[state].lamp,
});

export default widget({
  id: 'orders',
  title: later('Orders'),
  description: later('Orders that wait for a decision, what became of the others in the last 30 days, and the latest.'),
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
          label: sayAll('Now'),
          items: [
            { label: sayAll('Pending'), value: pending, lamp: pending > 0 ? 'warn' : 'ok' },
            { label: sayAll('Placed today'), value: today },
          ],
        },
        {
          label: sayAll('Last {days} days', { days: DAYS }),
          items: [
            { label: sayAll('Accepted'), value: accepted },
            { label: sayAll('Cancelled'), value: cancelled },
            { label: sayAll('Marked as fraud'), value: fraud, lamp: fraud > 0 ? 'warn' : 'ok' },
          ],
        },
        ...(orders.length > 0 ? [{ label: sayAll('Latest'), items: orders.map(latest) }] : []),
      ],
    };
  }),
});
