import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ViewData } from '#contract/widgets.ts';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import { INCOME } from '#server/widgets/_overview-sql.ts';
import overview from '#server/widgets/overview.ts';
import { envFor } from '../../support/app.ts';
import { furnish } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

const DAY = 86_400_000;

const test = world.extend('opened', { scope: 'file' }, async ({ database, redisUrl, orm }, { onCleanup }): Promise<OpenTools> => {
  await furnish(orm.em.fork());
  const opened = await openTools(envFor(database, redisUrl), createLog('silent'), 'http://127.0.0.1');
  onCleanup(() => opened.close());
  return opened;
});

const post = (em: EntityManager, type: string, facts: Record<string, unknown>, at = new Date()): Event =>
  em.create(Event, { type, at, actorKind: 'key', actorName: 'Billing', facts });

/** What the widget shows: by group and label. */
async function figures({ tools }: OpenTools): Promise<Record<string, Record<string, unknown>>> {
  const data = (await overview.load?.({ ...tools, em: tools.orm.em.fork(), signal: new AbortController().signal })) as ViewData<'stats'>;
  return Object.fromEntries(
    data.groups.map(({ label = '', items }) => [label, Object.fromEntries(items.map(item => [item.label, item.value]))]),
  );
}

const payment = fc.record({
  ago: fc.integer({ min: 0, max: 400 * DAY }),
  cents: fc.integer({ min: 1, max: 1_000_000 }),
  refund: fc.boolean(),
});
const zone = fc.constantFrom('Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Stockholm', 'UTC');

test('days, months and years are the organisation’s, and refunds are taken off', async ({ orm }) => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(zone, fc.array(payment, { minLength: 1, maxLength: 20 }), async (timeZone, payments) => {
      const currency = `Q${String.fromCharCode(65 + runs / 26, 65 + (runs++ % 26))}`; // events stay for ever: each run counts its own
      const em = orm.em.fork();
      const now = Date.now();
      const day = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
      const sums = { today: 0, month: 0, year: 0 };
      for (const { ago, cents, refund } of payments) {
        post(
          em,
          refund ? 'invoice.refunded' : 'invoice.paid',
          { invoice: 'I', total: { amount: cents / 100, currency } },
          new Date(now - ago),
        );
        const signed = refund ? -cents : cents;
        if (day(now - ago) === day(now)) sums.today += signed;
        if (day(now - ago).slice(0, 7) === day(now).slice(0, 7)) sums.month += signed;
        if (day(now - ago).slice(0, 4) === day(now).slice(0, 4)) sums.year += signed;
      }
      await em.flush();
      const rows = await em.execute<{ currency: string; today: number; month: number; year: number }[]>(INCOME, [timeZone]);
      const { today, month, year } = rows.find(row => row.currency === currency) ?? { today: 0, month: 0, year: 0 };
      expect([today, month, year].map(amount => Math.round(amount * 100))).toEqual([sums.today, sums.month, sums.year]);
    }),
    { numRuns: 25 },
  );
});

test('each currency stands by itself', async ({ opened, orm }) => {
  const em = orm.em.fork();
  post(em, 'invoice.paid', { invoice: '1', total: { amount: 2e9, currency: 'EUR' } });
  post(em, 'invoice.paid', { invoice: '2', total: { amount: 3e9, currency: 'USD' } });
  await em.flush();
  const { 'Income in EUR': euros, 'Income in USD': dollars } = await figures(opened);
  expect([euros?.['Today'], dollars?.['Today']]).toEqual([2e9, 3e9]);
});

test('an order is pending until something else became of it', async ({ opened, orm }) => {
  const em = orm.em.fork();
  const total = { amount: 1, currency: 'EUR' };
  for (const [order, ...verbs] of [
    ['a', 'placed'],
    ['b', 'placed', 'accepted'],
    ['c', 'placed', 'cancelled'],
    ['d', 'placed', 'marked-as-fraud'],
    ['e', 'placed'],
  ]) {
    for (const verb of verbs) post(em, `order.${verb}`, { order, total });
  }
  post(em, 'order.placed', { order: 'forgotten', total }, new Date(Date.now() - 100 * DAY));
  await em.flush();
  expect((await figures(opened))['Orders']).toEqual({ Today: 5, Pending: 2 });
});

test('a ticket awaits a reply while the client had the last word, where it lies now', async ({ opened, orm }) => {
  const say = async (...said: [verb: string, facts: Record<string, unknown>][]): Promise<void> => {
    const em = orm.em.fork();
    for (const [verb, facts] of said) post(em, `ticket.${verb}`, facts);
    await em.flush();
  };
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
  expect((await figures(opened))['Tickets']).toEqual({ 'Opened today': 5, 'Awaiting reply': 3, Abuse: 1, Billing: 1, 'No department': 1 });
  await say(['replied', { ticket: '1', by: 'staff' }]);
  expect((await figures(opened))['Tickets']).toMatchObject({ 'Awaiting reply': 2, Abuse: 1 });
});
