import fc from 'fast-check';
import { expect } from 'vitest';
import type { ViewData } from '#contract/widgets.ts';
import { Organisation } from '#server/settings/Organisation.ts';
import { overTime } from '#server/widgets/_over-time.ts';
import income from '#server/widgets/income.ts';
import signIns from '#server/widgets/sign-ins.ts';
import tickets from '#server/widgets/tickets.ts';
import { DAY, type Story, ago, load, tell, test } from './business.ts';

const HOUR = 3_600_000;
const zone = fc.constantFrom('Asia/Kathmandu', 'Asia/Kolkata', 'America/St_Johns', 'Europe/Stockholm', 'Pacific/Kiritimati', 'UTC');

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const sums = ({ ranges }: ViewData<'series'>): Record<string, Record<string, number>> =>
  Object.fromEntries(
    ranges.map(({ id, series }) => [
      id,
      Object.fromEntries(series.map(({ label, values }) => [label, values.reduce<number>((sum, value) => sum + (value ?? 0), 0)])),
    ]),
  );

test('each thing is in the step in which it happened, by the organisation’s clock', async ({ em }) => {
  await fc.assert(
    fc.asyncProperty(zone, fc.array(fc.integer({ min: 0, max: 40 * DAY }), { minLength: 1, maxLength: 15 }), async (timeZone, pasts) => {
      const moments = pasts.map(past => Date.now() - past);
      const values = moments.map(ms => `('x', timestamptz '${new Date(ms).toISOString()}', 1)`).join(', ');
      const ranges = await overTime(em, {
        query: `select * from (values ${values}) v (kind, at, amount) where at >= ?`,
        kinds: [{ id: 'x', label: 'X' }],
        timeZone,
      });
      expect(ranges.map(({ id, at }) => [id, at.length])).toEqual([['1h', 60], ['24h', 24], ['7d', 28], ['30d', 30]]); // prettier-ignore
      for (const { at, series } of ranges) {
        const expected = at.map((from, i) => moments.filter(ms => ms >= from && ms < (at[i + 1] ?? Infinity)).length);
        expect(series.map(({ values }) => values)).toEqual(expected.some(count => count > 0) ? [expected] : []);
      }
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
      const days = ranges.find(({ id }) => id === '30d')?.at ?? [];
      expect(new Set(days.map(ms => clock.format(ms)))).toEqual(new Set(['00:00']));
      const hours = ranges.find(({ id }) => id === '24h')?.at ?? [];
      expect(hours.every(ms => clock.format(ms).endsWith(':00'))).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('what happened before anybody counted is unknown, not nothing', async ({ em }) => {
  const [, day] = await overTime(em, {
    query: `select 'x' as kind, now() as at, 1 as amount where now() >= ?`,
    kinds: [{ id: 'x', label: 'X' }],
    timeZone: 'UTC',
    since: ago(5 * HOUR),
  });
  const values = day?.series[0]?.values ?? [];
  expect([values.slice(0, 18), values.slice(18)]).toEqual([Array(18).fill(null), [0, 0, 0, 0, 0, 1]]);
});

test('Income over time: less refunds, currencies never on each other', async ({ em }) => {
  expect((await load(income, 'series', em)).ranges.every(({ series }) => series.length === 0)).toBe(true);
  const paid: Story[] = [
    ['invoice.paid', { invoice: '1', total: euros(0.1) }],
    ['invoice.paid', { invoice: '2', total: euros(0.2) }],
    ['invoice.refunded', { invoice: '2', total: euros(0.2) }],
  ];
  await tell(em, ...paid);
  const alone = await load(income, 'series', em);
  expect([alone.kind, alone.unit, sums(alone)['1h']]).toEqual(['columns', 'EUR', { EUR: 0.1 }]);
  await tell(em, ['invoice.paid', { invoice: '3', total: { amount: 500, currency: 'JPY' } }, ago(2000)]);
  const both = await load(income, 'series', em);
  expect([both.kind, both.unit, sums(both)['30d']]).toEqual(['line', undefined, { JPY: 500, EUR: 0.1 }]);
});

test('Tickets over time: opened and closed beside each other', async ({ em }) => {
  await tell(
    em,
    ['ticket.opened', { ticket: '1' }, ago(3 * DAY)],
    ['ticket.opened', { ticket: '2' }, ago(2000)],
    ['ticket.replied', { ticket: '2' }, ago(1500)],
    ['ticket.closed', { ticket: '1' }, ago(1000)],
  );
  const data = await load(tickets, 'series', em);
  expect([data.kind, sums(data)]).toEqual([
    'line',
    {
      '1h': { Opened: 1, Closed: 1 },
      '24h': { Opened: 1, Closed: 1 },
      '7d': { Opened: 2, Closed: 1 },
      '30d': { Opened: 2, Closed: 1 },
    },
  ]);
});

test('Sign-ins: who came in, was refused and locked out', async ({ em }) => {
  await em.nativeUpdate(Organisation, 1, { setUpAt: ago(2 * DAY) });
  expect((await load(signIns, 'series', em)).ranges.every(({ series }) => series.length === 0)).toBe(true);
  await em.execute(
    `insert into event (id, type, at, actor_kind, actor_name, facts)
     select gen_random_uuid(), type, now() - ago, 'anonymous', 'x', '{}'
       from (values ('session.started', interval '1 hour'), ('session.refused', interval '2 hours'), ('session.refused', interval '3 hours'),
                    ('session.locked-out', interval '3 hours'), ('password.changed', interval '3 hours')) story (type, ago)`,
  );
  const data = await load(signIns, 'series', em);
  expect(sums(data)['24h']).toEqual({ 'Signed in': 1, Refused: 2, 'Locked out': 1 });
  expect(data.ranges.find(({ id }) => id === '30d')?.series[0]?.values[0]).toBeNull();
});
