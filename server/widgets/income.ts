import { incomes } from '../projections/queries.ts';
import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current } from './_business.ts';
import { overTime } from './_over-time.ts';
import { minutes, widget } from './_widget.ts';

/** More lines than these nobody can tell apart; Billing names every currency. */
const CURRENCIES = 4;

export default widget({
  id: 'income',
  title: later('Income over time'),
  description: later('Income less refunds, each currency by itself; of many, those with most this year.'),
  view: 'series',
  columns: 2,
  rows: 6,
  weight: 23,
  needs: 'billing.view',
  refreshOn: businessOf('invoice'),
  every: minutes(1), // the time that is looked at moves on
  load: current(async ({ em }) => {
    const { timeZone } = await organisation(em);
    const currencies = (await incomes(em, timeZone)).slice(0, CURRENCIES).map(({ currency }) => currency);
    const [only] = currencies;
    const alone = currencies.length === 1 && only !== undefined;
    return {
      kind: alone ? 'columns' : 'line', // columns would stand on each other, and so add up what cannot be added
      ...(alone && { unit: only }),
      ranges: await overTime(em, {
        query: `select currency as kind, at, case when refund then -amount else amount end as amount from projected_payment where at >= ? and at <= now()`,
        kinds: currencies.map(currency => ({ id: currency, label: currency })),
        timeZone,
      }),
      empty: sayAll('Nothing was paid or refunded.'),
    };
  }),
});
