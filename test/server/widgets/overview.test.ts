import fc from 'fast-check';
import { expect } from 'vitest';
import { incomes } from '#server/projections/queries.ts';
import overview from '#server/widgets/overview.ts';
import { DAY, type Story, ago, byLabel, load, tell, test } from './business.ts';

const payment = fc.record({
  past: fc.integer({ min: 0, max: 400 * DAY }),
  cents: fc.integer({ min: 1, max: 1_000_000 }),
  refund: fc.boolean(),
});
const zone = fc.constantFrom('Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Stockholm', 'UTC');

test('days, months and years are the organisation’s, whichever zone it moves to, and refunds are taken off', async ({ em }) => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(zone, { minLength: 2, maxLength: 3 }),
      fc.array(payment, { minLength: 1, maxLength: 20 }),
      async (zones, payments) => {
        const currency = `Q${String.fromCharCode(65 + runs / 26, 65 + (runs++ % 26))}`; // each run counts its own
        const now = Date.now();
        const told = payments.map(({ past, cents, refund }): Story => {
          const total = { amount: cents / 100, currency };
          return [refund ? 'invoice.refunded' : 'invoice.paid', { invoice: 'I', total }, new Date(now - past)];
        });
        await tell(em, ...told);
        for (const timeZone of zones) {
          const day = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
          const sums = { today: 0, month: 0, year: 0 };
          for (const { past, cents, refund } of payments) {
            const signed = refund ? -cents : cents;
            if (day(now - past) === day(now)) sums.today += signed;
            if (day(now - past).slice(0, 7) === day(now).slice(0, 7)) sums.month += signed;
            if (day(now - past).slice(0, 4) === day(now).slice(0, 4)) sums.year += signed;
          }
          const { today, month, year } = (await incomes(em, timeZone)).find(row => row.currency === currency) ?? {
            today: 0,
            month: 0,
            year: 0,
          };
          expect([today, month, year].map(amount => Math.round(amount * 100))).toEqual([sums.today, sums.month, sums.year]);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('before anything happened it says so', async ({ em }) => {
  expect(byLabel(await load(overview, 'stats', em))).toEqual({
    Orders: { Today: 0, Pending: 0 },
    Income: { 'This year': 'none yet' },
    Tickets: { 'Opened today': 0, 'Awaiting reply': 0 },
  });
});

test('each currency stands by itself', async ({ em }) => {
  await tell(
    em,
    ['invoice.paid', { invoice: '1', total: { amount: 2e9, currency: 'EUR' } }],
    ['invoice.paid', { invoice: '2', total: { amount: 3e9, currency: 'USD' } }],
  );
  const { 'Income in EUR': euros, 'Income in USD': dollars } = byLabel(await load(overview, 'stats', em));
  expect([euros?.['Today'], dollars?.['Today']]).toEqual([2e9, 3e9]);
});

test('an order is pending until something else became of it, however long ago it was placed', async ({ em }) => {
  const total = { amount: 1, currency: 'EUR' };
  for (const [order, ...verbs] of [
    ['a', 'placed'],
    ['b', 'placed', 'accepted'],
    ['c', 'placed', 'cancelled'],
    ['d', 'placed', 'marked-as-fraud'],
    ['e', 'placed', 'placed'],
  ])
    for (const verb of verbs) await tell(em, [`order.${verb}`, { order, total }]);
  await tell(em, ['order.placed', { order: 'old', total }, ago(100 * DAY)]);
  expect(byLabel(await load(overview, 'stats', em))['Orders']).toEqual({ Today: 5, Pending: 3 });
});

test('a ticket awaits a reply while the client had the last word, where it lies now', async ({ em }) => {
  let minute = 0;
  const say = (...said: [verb: string, facts: Record<string, unknown>][]): Promise<void> =>
    tell(em, ...said.map(([verb, facts]): Story => [`ticket.${verb}`, facts, new Date(Date.now() - 1000 + minute++)]));
  await say(
    ['opened', { ticket: '1', department: 'Billing' }],
    ['opened', { ticket: '2', department: 'Billing' }],
    ['replied', { ticket: '2', by: 'staff' }],
    ['opened', { ticket: '3', department: 'Billing' }],
    ['replied', { ticket: '3', by: 'staff' }],
    ['replied', { ticket: '3', by: 'client' }],
    ['department-changed', { ticket: '3', department: 'Abuse' }],
    ['opened', { ticket: '4', department: 'Abuse' }],
    ['closed', { ticket: '4', by: 'client' }],
    ['opened', { ticket: '5' }],
  );
  const tickets = async () => byLabel(await load(overview, 'stats', em))['Tickets'];
  expect(await tickets()).toEqual({ 'Opened today': 5, 'Awaiting reply': 3, Abuse: 1, Billing: 1, 'No department': 1 });
  await say(['replied', { ticket: '1', by: 'staff' }]);
  expect(await tickets()).toMatchObject({ 'Awaiting reply': 2, Abuse: 1 });
});
