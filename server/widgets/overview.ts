import type { ViewData } from '#contract/widgets.ts';
import { BUSINESS_TYPES } from '#contract/events.ts';
import { Organisation } from '../settings/Organisation.ts';
import { INCOME, OPEN_DAYS, ORDERS, TICKETS_AWAITING, TICKETS_OPENED } from './_overview-sql.ts';
import { minutes, widget } from './_widget.ts';

type Group = ViewData<'stats'>['groups'][number];

interface Income {
  currency: string;
  today: number;
  month: number;
  year: number;
}

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
  description: `Orders, income less refunds, and tickets, in the organisation’s own days. Open ones are looked for in the last ${OPEN_DAYS} days.`,
  view: 'stats',
  columns: 2,
  rows: 6,
  weight: 20,
  needs: 'overview.view',
  refreshOn: ['settings.changed', ...BUSINESS_TYPES.filter(type => /^(order|invoice|ticket)\./.test(type))],
  every: minutes(5), // a day begins without an event
  load: async ({ em }) => {
    const { timeZone } = await em.findOneOrFail(Organisation, 1);
    const [orders] = await em.execute<{ today: number; pending: number }[]>(ORDERS, [timeZone]);
    const incomes = await em.execute<Income[]>(INCOME, [timeZone]);
    const [opened] = await em.execute<{ today: number }[]>(TICKETS_OPENED, [timeZone]);
    const awaiting = await em.execute<{ department: string; waiting: number }[]>(TICKETS_AWAITING);
    return {
      groups: [
        {
          label: 'Orders',
          items: [
            { label: 'Today', value: orders?.today ?? null },
            { label: 'Pending', value: orders?.pending ?? null },
          ],
        },
        ...(incomes.length > 0 ? incomes.slice(0, CURRENCIES).map(income) : [NO_INCOME]),
        {
          label: 'Tickets',
          items: [
            { label: 'Opened today', value: opened?.today ?? null },
            { label: 'Awaiting reply', value: awaiting.reduce((sum, { waiting }) => sum + waiting, 0) },
            ...awaiting.slice(0, DEPARTMENTS).map(({ department, waiting }) => ({
              label: department.slice(0, 300) || 'No department',
              value: waiting,
              note: 'awaiting reply',
            })),
          ],
        },
      ],
    };
  },
});
