import type { Figures } from '#contract/widgets.ts';
import { type Income, type Overdue, incomes, overdueInvoices } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current } from './_business.ts';
import { minutes, widget } from './_widget.ts';

type Item = Figures<'stats'>['groups'][number]['items'][number];

/** The view has room for so many. */
const CURRENCIES = 12;

const incomeItems = ({ currency, today, month, year, refunded }: Income): Item[] => [
  { label: sayAll('Income today'), value: today, unit: currency },
  { label: sayAll('Income this month'), value: month, unit: currency },
  { label: sayAll('Income this year'), value: year, unit: currency },
  { label: sayAll('Refunded this month'), value: refunded, unit: currency },
];

const overdueItem = ({ currency, count, amount }: Overdue): Item => ({
  label: sayAll('Overdue'),
  value: amount,
  unit: currency,
  note: count === 1 ? sayAll('1 invoice') : sayAll('{count} invoices', { count }),
  lamp: count > 0 ? 'warn' : 'ok',
});

const nothing = (currency: string): Income => ({ currency, today: 0, month: 0, year: 0, refunded: 0 });

export default widget({
  id: 'billing',
  title: later('Billing'),
  description: later('Income less refunds, refunds and overdue invoices, each currency by itself, in the organisation’s own days.'),
  view: 'stats',
  rows: 6,
  weight: 22,
  needs: 'billing.view',
  refreshOn: businessOf('invoice'),
  every: minutes(5), // a day begins, and an invoice falls due, without an event
  load: current(async ({ em }) => {
    const { timeZone } = await organisation(em);
    const income = new Map((await incomes(em, timeZone)).map(each => [each.currency, each]));
    const overdue = new Map((await overdueInvoices(em)).map(each => [each.currency, each]));
    const currencies = [...new Set([...income.keys(), ...overdue.keys()])].slice(0, CURRENCIES);
    if (currencies.length === 0) return { groups: [{ items: [{ label: sayAll('Income this year'), value: sayAll('none yet') }] }] };
    return {
      groups: currencies.map(currency => ({
        label: currency,
        items: [
          ...incomeItems(income.get(currency) ?? nothing(currency)),
          overdueItem(overdue.get(currency) ?? { currency, count: 0, amount: 0 }),
        ],
      })),
    };
  }),
});
