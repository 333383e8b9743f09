import { expect } from 'vitest';
import billing from '#server/widgets/billing.ts';
import clientActivity from '#server/widgets/client-activity.ts';
import orders from '#server/widgets/orders.ts';
import support from '#server/widgets/support.ts';
import { DAY, ago, byLabel, load, tell, test } from './business.ts';

const HOUR = 3_600_000;
const euros = (amount: number) => ({ amount, currency: 'EUR' });

test('Billing: income, refunds and what is overdue, each currency by itself', async ({ em }) => {
  expect(byLabel(await load(billing, 'stats', em))).toEqual({ '': { 'Income this year': 'none yet' } });
  await tell(
    em,
    ['invoice.created', { invoice: '1', total: euros(100), due: new Date(Date.now() - DAY).toISOString() }, ago(10 * DAY)],
    ['invoice.created', { invoice: '2', total: euros(50), due: new Date(Date.now() + DAY).toISOString() }, ago(10 * DAY)],
    ['invoice.created', { invoice: '3', total: euros(70), due: new Date(Date.now() - DAY).toISOString() }, ago(10 * DAY)],
    ['invoice.paid', { invoice: '3', total: euros(70) }],
    ['invoice.refunded', { invoice: '3', total: euros(20.5) }],
    ['invoice.overdue', { invoice: '4', total: { amount: 9, currency: 'USD' } }, ago(DAY)],
    ['invoice.overdue', { invoice: '5', total: { amount: 9, currency: 'USD' } }, ago(DAY)],
    ['invoice.cancelled', { invoice: '5', total: { amount: 9, currency: 'USD' } }],
  );
  const { groups } = await load(billing, 'stats', em);
  expect(groups.map(({ label }) => label)).toEqual(['EUR', 'USD']);
  expect(byLabel({ groups })).toMatchObject({
    EUR: { 'Income today': 49.5, 'Refunded this month': 20.5, Overdue: 100 },
    USD: { 'Income today': 0, Overdue: 9 },
  });
  expect(groups.map(({ items }) => items.at(-1)?.note)).toEqual(['1 invoice', '1 invoice']);
});

test('Orders: pending, what became of the others, the latest first', async ({ em }) => {
  expect(byLabel(await load(orders, 'stats', em))).toEqual({
    Now: { Pending: 0, 'Placed today': 0 },
    'Last 30 days': { Accepted: 0, Cancelled: 0, 'Marked as fraud': 0 },
  });
  await tell(
    em,
    ['order.placed', { order: 'A', total: euros(5), client: 'Contoso' }, ago(40 * DAY)],
    ['order.accepted', { order: 'A', total: euros(5) }, ago(39 * DAY)],
    ['order.placed', { order: 'B', total: euros(6), client: 'Fabrikam' }, ago(2000)],
    ['order.accepted', { order: 'B', total: euros(6) }, ago(1000)],
    ['order.placed', { order: 'C', total: euros(7.25) }, ago(500)],
    ['order.marked-as-fraud', { order: 'D', total: euros(8) }, ago(400)],
  );
  const { groups } = await load(orders, 'stats', em);
  expect(byLabel({ groups })).toMatchObject({ Now: { Pending: 1 }, 'Last 30 days': { Accepted: 1, Cancelled: 0, 'Marked as fraud': 1 } });
  expect(groups.at(-1)?.items.map(({ label, value, note }) => [label, value, note])).toEqual([
    ['C', 7.25, 'pending'],
    ['B', 6, 'accepted · Fabrikam'],
    ['A', 5, 'accepted · Contoso'],
  ]);
});

test('Support: who waits where, since the first word that nobody answered', async ({ em }) => {
  expect((await load(support, 'table', em)).rows).toEqual([]);
  await tell(
    em,
    ['ticket.opened', { ticket: '1', department: 'Billing' }, ago(50 * HOUR)],
    ['ticket.replied', { ticket: '1', by: 'staff' }, ago(40 * HOUR)],
    ['ticket.replied', { ticket: '1', by: 'client' }, ago(30 * HOUR)],
    ['ticket.replied', { ticket: '1', by: 'client' }, ago(1 * HOUR)], // asks again; still waits since the word before
    ['ticket.opened', { ticket: '2', department: 'Billing' }, ago(2 * HOUR)],
    ['ticket.opened', { ticket: '3', department: 'Abuse' }, ago(2 * HOUR)],
    ['ticket.replied', { ticket: '3', by: 'staff' }, ago(1 * HOUR)],
    ['ticket.opened', { ticket: '4', department: '' }, ago(2 * HOUR)],
    ['ticket.opened', { ticket: '5' }, ago(3 * HOUR)],
    ['ticket.closed', { ticket: '2' }, ago(HOUR)],
  );
  const { rows } = await load(support, 'table', em);
  expect(
    rows.map(({ lamp, cells }) => [
      cells['department'],
      cells['waiting'],
      cells['open'],
      Math.round(Number(cells['longest']) / HOUR),
      lamp,
    ]),
  ).toEqual([
    ['No department', 2, 2, 3, 'warn'],
    ['Billing', 1, 1, 30, 'bad'],
    ['Abuse', 0, 1, 0, 'ok'],
  ]);
});

test('Client activity: what clients did, not what was done to them', async ({ em }) => {
  expect((await load(clientActivity, 'list', em)).items).toEqual([]);
  await tell(
    em,
    ['client.added', { client: 'C-1', name: 'Contoso' }, ago(5000)],
    ['order.placed', { order: '7', total: euros(1), client: 'C-1' }, ago(4000)],
    ['invoice.created', { invoice: '8', total: euros(1), client: 'C-1' }, ago(3000)],
    ['ticket.replied', { ticket: '9', by: 'staff', client: 'C-1' }, ago(2000)],
    ['ticket.opened', { ticket: '9', by: 'client', client: 'Fabrikam' }, ago(4500)],
    ['client.closed', { client: 'Fabrikam' }, ago(1000)],
  );
  const { items } = await load(clientActivity, 'list', em);
  expect(items.map(({ who, text, note }) => [who, text, note])).toEqual([
    ['Contoso', 'placed order 7', undefined],
    ['Fabrikam', 'opened ticket 9', 'closed since'],
  ]);
});

test('ten thousand of each fit their widgets', async ({ em }) => {
  const numbers = Array.from({ length: 10_000 }, (_, n) => n);
  await tell(
    em,
    ...numbers.flatMap((n): Parameters<typeof tell>[1][] => [
      ['ticket.opened', { ticket: String(n), department: `Department ${n % 700}`, client: `Client ${n}` }],
      ['order.placed', { order: String(n), total: { amount: 1, currency: `${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}XX` } }],
    ]),
  );
  expect((await load(support, 'table', em)).rows).toHaveLength(100);
  expect((await load(clientActivity, 'list', em)).items).toHaveLength(15);
  expect(byLabel(await load(orders, 'stats', em))['Now']).toMatchObject({ Pending: 10_000 });
});
