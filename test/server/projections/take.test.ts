import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Happened } from '#server/projections/happened.ts';
import { ProjectedOrder } from '#server/projections/ProjectedOrder.ts';
import { ProjectedTicket } from '#server/projections/ProjectedTicket.ts';
import { take } from '#server/projections/take.ts';
import { test } from '../../support/world.ts';
import { everything, forget, history, inOrder } from './business.ts';

/** The rows that come of events taken in these portions. */
async function madeOf(em: EntityManager, ...portions: Happened[][]): Promise<Record<string, string[]>> {
  await forget(em);
  for (const portion of portions) await em.fork().transactional(em => take(em, portion));
  return everything(em);
}

/** Any order, some of it several times, in portions of any size. */
const muddled = history.chain(events =>
  fc.record({
    events: fc.constant(events),
    portions: fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        fc.array(fc.constantFrom(...events), { maxLength: 10 }),
        fc.integer({ min: 1, max: 15 }),
      )
      .map(([all, again, size]) => {
        const queue = [...all, ...again];
        return Array.from({ length: Math.ceil(queue.length / size) }, (_, n) => queue.slice(n * size, (n + 1) * size));
      }),
  }),
);

test('events in any order, repeated, in any portions make the same rows', async ({ orm }) => {
  const em = orm.em.fork();
  await fc.assert(
    fc.asyncProperty(muddled, async ({ events, portions }) => {
      expect(await madeOf(em, ...portions)).toEqual(await madeOf(em, inOrder(events)));
    }),
    { numRuns: 60 },
  );
});

/** What reading the story from its beginning says about tickets. */
function tickets(events: readonly Happened[]): Record<string, [open: boolean, since: number | null, department: unknown]> {
  const all = new Map<string, { open: boolean; since: number | null; department: unknown }>();
  for (const { type, at, facts } of inOrder(events).filter(({ type }) => type.startsWith('ticket.'))) {
    const ticket = all.get(String(facts['ticket'])) ?? { open: true, since: null, department: null };
    all.set(String(facts['ticket']), ticket);
    if ('department' in facts) ticket.department = facts['department'];
    if (type === 'ticket.closed') Object.assign(ticket, { open: false, since: null });
    if (type !== 'ticket.opened' && type !== 'ticket.replied') continue;
    ticket.open = true;
    ticket.since = facts['by'] === 'staff' ? null : (ticket.since ?? at.getTime());
  }
  return Object.fromEntries([...all].map(([key, { open, since, department }]) => [key, [open, since, department]]));
}

/** … and about orders. */
function orders(events: readonly Happened[]): Record<string, [state: string, amount: number]> {
  const told = inOrder(events).filter(({ type, facts }) => type.startsWith('order.') && 'order' in facts);
  return Object.fromEntries(
    told.map(({ type, facts }) => [String(facts['order']), [type.slice('order.'.length), (facts['total'] as { amount: number }).amount]]),
  );
}

test('the rows say what reading the story from its beginning says', async ({ orm }) => {
  await fc.assert(
    fc.asyncProperty(muddled, async ({ events, portions }) => {
      const em = orm.em.fork();
      await madeOf(em, ...portions);
      const standing = await em.findAll(ProjectedTicket);
      expect(
        Object.fromEntries(
          standing.map(({ ticket, open, awaitingSince, department }) => [ticket, [open, awaitingSince?.getTime() ?? null, department]]),
        ),
      ).toEqual(tickets(events));
      const placed = await em.findAll(ProjectedOrder);
      expect(Object.fromEntries(placed.map(({ order, state, amount }) => [order, [state, Number(amount)]]))).toEqual(orders(events));
    }),
    { numRuns: 40 },
  );
});

test('amounts stay as exact as they were posted', async ({ orm }) => {
  const em = orm.em.fork();
  await forget(em);
  const pay = (n: number, amount: number): Happened => ({
    id: `019ac000-0000-7000-8000-00000000000${n}`,
    type: 'invoice.paid',
    at: new Date(),
    facts: { invoice: String(n), total: { amount, currency: 'EUR' } },
  });
  await em.fork().transactional(em => take(em, [pay(1, 0.1), pay(2, 0.2), pay(3, 999_999_999_999.99)]));
  expect(await em.execute('select sum(amount)::text as sum from projected_payment')).toEqual([{ sum: '1000000000000.29' }]);
});
