import type { Figures } from '#contract/widgets.ts';
import { type Income, desks, incomes, orderCounts, ticketsToday } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current, departmentOf } from './_business.ts';
import { minutes, widget } from './_widget.ts';

type Group = Figures<'stats'>['groups'][number];

/** The view has room for so many. */
const CURRENCIES = 9;
const DEPARTMENTS = 22;

const income = ({ currency, today, month, year }: Income): Group => ({
  label: sayAll('Income in {currency}', { currency }),
  items: [
    { label: sayAll('Today'), value: today, unit: currency },
    { label: sayAll('This month'), value: month, unit: currency },
    { label: sayAll('This year'), value: year, unit: currency },
  ],
});

/** Which currencies there will be is not known before the first payment. */
const NO_INCOME: Group = { label: sayAll('Income'), items: [{ label: sayAll('This year'), value: sayAll('none yet') }] };

export default widget({
  id: 'overview',
  title: later('Overview'),
  description: later('Orders, income less refunds, and tickets, in the organisation’s own days.'),
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
          label: sayAll('Orders'),
          items: [
            { label: sayAll('Today'), value: orders.today },
            { label: sayAll('Pending'), value: orders.pending },
          ],
        },
        ...(currencies.length > 0 ? currencies.slice(0, CURRENCIES).map(income) : [NO_INCOME]),
        {
          label: sayAll('Tickets'),
          items: [
            { label: sayAll('Opened today'), value: opened },
            { label: sayAll('Awaiting reply'), value: waiting.reduce((sum, desk) => sum + desk.waiting, 0) },
            ...waiting.slice(0, DEPARTMENTS).map(desk => ({
              label: departmentOf(desk.department),
              value: desk.waiting,
              note: sayAll('awaiting reply'),
            })),
          ],
        },
      ],
    };
  }),
});
