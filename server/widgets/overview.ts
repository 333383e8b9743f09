import type { ViewData } from '#contract/widgets.ts';
import { type Income, desks, incomes, orderCounts, ticketsToday } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { businessOf, current, departmentOf } from './_business.ts';
import { minutes, widget } from './_widget.ts';

type Group = ViewData<'stats'>['groups'][number];

/** The view has room for so many. */
const CURRENCIES = 9;
const DEPARTMENTS = 22;

const income = ({ currency, today, month, year }: Income): Group => ({
  label: `Income in ${currency}`,
  items: [
    { label: 'Today', value: today, unit: currency },
    { label: 'This month', value: month, unit: currency },
    { label: 'This year', value: year, unit: currency },
  ],
});

/** Which currencies there will be is not known before the first payment. */
const NO_INCOME: Group = { label: 'Income', items: [{ label: 'This year', value: 'none yet' }] };

export default widget({
  id: 'overview',
  title: 'Overview',
  description: 'Orders, income less refunds, and tickets, in the organisation’s own days.',
  view: 'stats',
  columns: 2,
  rows: 8,
  weight: 20,
  needs: 'overview.view',
  refreshOn: businessOf('order', 'invoice', 'ticket'),
  every: minutes(5), // a day begins without an event
  load: current(async ({ em }) => {
    const { timeZone } = await organisation(em);
    const orders = await orderCounts(em, timeZone);
    const currencies = await incomes(em, timeZone);
    const { opened } = await ticketsToday(em, timeZone);
    const waiting = (await desks(em)).filter(desk => desk.waiting > 0);
    return {
      groups: [
        {
          label: 'Orders',
          items: [
            { label: 'Today', value: orders.today },
            { label: 'Pending', value: orders.pending },
          ],
        },
        ...(currencies.length > 0 ? currencies.slice(0, CURRENCIES).map(income) : [NO_INCOME]),
        {
          label: 'Tickets',
          items: [
            { label: 'Opened today', value: opened },
            { label: 'Awaiting reply', value: waiting.reduce((sum, desk) => sum + desk.waiting, 0) },
            ...waiting.slice(0, DEPARTMENTS).map(desk => ({
              label: departmentOf(desk.department),
              value: desk.waiting,
              note: 'awaiting reply',
            })),
          ],
        },
      ],
    };
  }),
});
