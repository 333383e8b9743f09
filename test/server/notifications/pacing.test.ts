import fc from 'fast-check';
import { beforeEach, expect } from 'vitest';
import type { Pacing } from '#contract/pacing.ts';
import { UNPACED } from '#contract/pacing.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { Organisation } from '#server/settings/Organisation.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { Pace, type Place } from '#server/notifications/pacing.ts';
import { dueDeliveries } from '#server/notifications/sweep.ts';
import { activateSlack, plan, someEvent, someRule, standing, test, toSales, toSlack } from './house.ts';

const MINUTE = 60_000;
const NIGHT = { from: '22:00', to: '07:00' };
const ZONE = 'Europe/Stockholm';
const at = (text: string): Date => new Date(text);
const throttled = (most: number, minutes: number): Pacing => ({ ...UNPACED, throttle: { most, minutes } });

const steps = fc.array(fc.nat({ max: 4 * MINUTE }), { maxLength: 120 });
/** Moments one after the other. */
const moments = steps.map(all => {
  let now = Date.parse('2026-11-25T18:00:00Z');
  return all.map(step => new Date((now += step)));
});

test('in any so many minutes no more go out than the cap allows, and whatever is held stands in one summary at a time', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 30 }), fc.boolean(), (all, most, minutes, quiet) => {
      const pace = new Pace({ ...throttled(most, minutes), quiet: quiet ? { ...NIGHT, then: 'hold' } : null }, ZONE);
      const places = all.map(now => ({ now, place: pace.place(now) }));
      const gone = places.flatMap(({ place }) => (place.kind === 'go' ? [place.at.getTime()] : []));
      for (const end of gone) expect(gone.filter(due => due > end - minutes * MINUTE && due <= end).length).toBeLessThanOrEqual(most);
      const summaries = [...new Set(places.flatMap(({ place }) => (place.kind === 'gather' ? [place.at.getTime()] : [])))];
      for (const [index, summary] of summaries.entries()) {
        // the next one is opened when this one has gone out
        const [next] = places.filter(({ place }) => place.kind === 'gather' && place.at.getTime() === summaries[index + 1]);
        if (next) expect(next.now.getTime()).toBeGreaterThanOrEqual(summary);
      }
      for (const { now, place } of places) if (place.kind !== 'drop') expect(place.at.getTime()).toBeGreaterThanOrEqual(now.getTime());
    }),
  );
});

test('quiet hours hold until their end or drop, and nothing that gathers goes out in them', () => {
  const evening = at('2026-11-25T22:30:00Z'); // half past eleven in Stockholm
  const morning = at('2026-11-26T06:00:00Z');
  const place = (pacing: Pacing, now = evening): Place => new Pace(pacing, ZONE).place(now);
  expect(place({ ...UNPACED, quiet: { ...NIGHT, then: 'hold' } })).toEqual({ kind: 'go', at: morning });
  expect(place({ ...UNPACED, quiet: { ...NIGHT, then: 'drop' } })).toEqual({ kind: 'drop', until: morning });
  expect(place({ ...UNPACED, quiet: { ...NIGHT, then: 'hold' } }, at('2026-11-25T20:59:59Z'))).toEqual({
    kind: 'go',
    at: at('2026-11-25T20:59:59Z'),
  });
  const digest: Pacing = { quiet: { ...NIGHT, then: 'hold' }, throttle: null, digest: { every: 'hour' } };
  expect(place(digest, at('2026-11-25T20:30:00Z'))).toEqual({ kind: 'gather', into: 'digest', at: morning });
  expect(place({ ...digest, quiet: null }, at('2026-11-25T20:30:00Z'))).toMatchObject({ at: at('2026-11-25T21:00:00Z') });
  expect(place({ ...UNPACED, digest: { every: 'day', at: '08:00' } })).toMatchObject({ at: at('2026-11-26T07:00:00Z') });
});

test('what the night held goes out in the morning within the cap', () => {
  const pace = new Pace({ ...throttled(2, 10), quiet: { ...NIGHT, then: 'hold' } }, ZONE);
  const places = [0, 1, 2, 3].map(hour => pace.place(new Date(Date.parse('2026-11-25T22:00:00Z') + hour * 60 * MINUTE)));
  const morning = at('2026-11-26T06:00:00Z');
  expect(places).toEqual([
    { kind: 'go', at: morning },
    { kind: 'go', at: morning },
    { kind: 'gather', into: 'summary', at: at('2026-11-26T06:10:00Z') },
    { kind: 'gather', into: 'summary', at: at('2026-11-26T06:10:00Z') },
  ]);
});

beforeEach<{ slack: { reset(): void } }>(({ slack }) => slack.reset());

test('planned by several at once, a storm comes to the cap and one summary that names the rest', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  const rule = await someRule(em, owner, { targets: [toSlack, toSales], pacing: throttled(5, 10) });
  const events = await Promise.all(Array.from({ length: 60 }, () => someEvent(orm.em.fork())));
  const batches = Array.from({ length: 6 }, (_, n) => events.slice(n * 10, n * 10 + 10));
  const planned = (await Promise.all(batches.map(batch => plan(em, batch)))).flat();
  for (const lane of ['slack', 'email']) expect(planned.filter(({ provider, due }) => due && provider === lane)).toHaveLength(5);

  const all = await em.fork().find(Delivery, { rule: rule.id, provider: 'slack' }, { populate: ['toldBy'] });
  const [summary, ...more] = all.filter(({ collects }) => collects === 'summary');
  expect(more).toEqual([]);
  const held = all.filter(({ toldBy }) => toldBy?.id === summary?.id);
  expect(held).toHaveLength(55);
  expect(
    held.every(
      ({ state, reason }) => state === 'suppressed' && /^More than 5 in 10 min: in the summary of \d\d:\d\d\.$/.test(reason ?? ''),
    ),
  ).toBe(true);
  // asked again for the same events, it adds nothing
  expect((await Promise.all(batches.map(batch => plan(em, batch)))).flat()).toEqual([]);

  const id = summary?.id ?? '';
  await deliver(em.fork(), tools, id, []);
  expect(slack.posts).toEqual([]); // not before its time
  await em.execute(`update delivery set next_try_at = now() where id = ?`, [id]);
  expect((await dueDeliveries(em.fork())).map(({ id }) => id)).not.toContain(held[0]?.id);
  await deliver(em.fork(), tools, id, []);
  expect(slack.posts).toHaveLength(1);
  expect(slack.posts[0]?.text).toContain('Orders to sales: 55 messages held: more than 5 in 10 min');
  expect(slack.posts[0]?.text).toContain('… and 35 more.');
  expect(await standing(em, id)).toMatchObject({ state: 'sent' });

  // one that has gone out gathers nothing more
  await plan(em, [await someEvent(em)]);
  const later = await em.fork().find(Delivery, { rule: rule.id, collects: 'summary' });
  expect(later.map(({ provider }) => provider).toSorted()).toEqual(['email', 'slack', 'slack']);
});

test('a digest gathers in the rule’s own words, and what is dropped in quiet hours says so', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  const rule = await someRule(em, owner, { pacing: { ...UNPACED, digest: { every: 'hour' } }, text: '{client}:\n{total}' });
  await plan(em, [await someEvent(em, { client: 'Acme' })]);
  await plan(em, [await someEvent(em, { client: 'Contoso' })]);
  const digest = await em.fork().findOneOrFail(Delivery, { rule: rule.id, collects: 'digest' });
  await em.execute(`update delivery set next_try_at = now() where id = ?`, [digest.id]);
  await deliver(em.fork(), tools, digest.id, []);
  expect(slack.posts).toHaveLength(1);
  expect(slack.posts[0]?.text).toMatch(/2 messages in this digest\n.*Acme: 25\.00 USD\n.*Contoso: 25\.00 USD$/);

  await em.nativeUpdate(Organisation, 1, { timeZone: ZONE });
  const [now, soon] = [clockAt(0), clockAt(3)];
  await em.nativeUpdate(Rule, { id: rule.id }, { pacing: { ...UNPACED, quiet: { from: now, to: soon, then: 'drop' } } });
  const [dropped] = await plan(em, [await someEvent(em)]);
  expect(dropped?.due).toBe(false);
  expect(await standing(em, dropped?.id ?? '')).toMatchObject({
    state: 'suppressed',
    reason: `It fell into quiet hours, which last until ${soon}.`,
  });
  await em.nativeUpdate(Rule, { id: rule.id }, { pacing: { ...UNPACED, quiet: { from: now, to: soon, then: 'hold' } } });
  const [waiting] = await plan(em, [await someEvent(em)]);
  expect(await standing(em, waiting?.id ?? '')).toMatchObject({ state: 'queued' });
  await deliver(em.fork(), tools, waiting?.id ?? '', []);
  expect(slack.posts).toHaveLength(1);
});

/** What Stockholm's clocks show in so many hours. */
function clockAt(hours: number): string {
  const then = Date.now() + hours * 60 * MINUTE;
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(then);
}
