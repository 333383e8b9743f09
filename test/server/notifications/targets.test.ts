import fc from 'fast-check';
import { beforeEach, expect } from 'vitest';
import { UNPACED } from '#contract/pacing.ts';
import type { Event } from '#server/events/Event.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { Rule, type StoredTarget } from '#server/notifications/Rule.ts';
import { deliveryView } from '#server/notifications/delivery-view.ts';
import { rulePage, rulesByProvider } from '#server/notifications/queries.ts';
import { verdictsOn } from '#server/notifications/verdicts.ts';
import { activateSlack, plan, someEvent, someRule, test, toSales, toSlack } from './house.ts';

const CHANNELS = Array.from({ length: 3 }, (_, n): StoredTarget => ({
  provider: 'slack',
  target: { channel: `C00000${n}` },
  label: `#channel-${n}`,
}));
const throttled = (most: number) => ({ ...UNPACED, throttle: { most, minutes: 10 } });

beforeEach<{ orm: { em: { fork(): { nativeUpdate(...of: unknown[]): Promise<unknown> } } } }>(({ orm }) =>
  orm.em.fork().nativeUpdate(Rule, {}, { enabled: false }),
);

test('an event goes once to each target whose provider is active, and the verdict names the others', async ({ orm, owner, tools }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  // two providers may have targets that read the same
  const hipchat = { ...toSlack, provider: 'hipchat' };
  const rule = await someRule(em, owner, { targets: [toSlack, hipchat, toSales] });
  const event = await someEvent(em);
  const told = async (): Promise<Delivery[]> =>
    em.fork().find(Delivery, { event: event.id }, { populate: ['rule'], orderBy: { id: 'asc' } });
  const verdict = async (about: Event, deliveries: Delivery[]) =>
    (await verdictsOn(em.fork(), about, deliveries)).find(({ id }) => id === rule.id);
  const silent = 'All its conditions hold. Nothing goes to HipChat #channel-0: HipChat is not active.';

  await em.nativeUpdate(Rule, { id: rule.id }, { conditions: [{ field: 'client', operator: 'is', value: 'Acme' }] });
  expect(await plan(em, [event])).toHaveLength(2);
  expect((await told()).map(({ provider }) => provider)).toEqual(['slack', 'email']);
  expect(await verdict(event, await told())).toMatchObject({ matched: true, because: silent });
  const [first] = await told();
  expect((await deliveryView(em.fork(), first?.id ?? ''))?.rules).toContainEqual({
    id: rule.id,
    name: rule.name,
    matched: true,
    because: silent,
  });

  await em.upsert(ProviderActivation, { id: 'hipchat', settings: {}, secrets: Buffer.from(''), activatedBy: owner.id });
  expect(await plan(em, [event])).toHaveLength(1);
  expect(await told()).toHaveLength(3);
  expect(new Set((await told()).map(({ targetKey }) => targetKey)).size).toBe(2);
  // what has reached them stays so when the provider is gone
  await em.nativeDelete(ProviderActivation, { id: { $in: ['slack', 'hipchat'] } });
  expect(await verdict(event, await told())).toMatchObject({ matched: true, because: 'All its conditions hold.' });
  expect(await plan(em, [event])).toEqual([]);
  await em.nativeUpdate(Rule, { id: rule.id }, { targets: [toSlack, hipchat] });
  expect(await verdict(await someEvent(em), [])).toMatchObject({ matched: false, because: 'Slack is not active. HipChat is not active.' });
});

test('what was planned for a target goes there although the rule sends elsewhere now', async ({ orm, owner, tools }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const rule = await someRule(em, owner, { targets: [toSlack], pacing: throttled(1) });
  await plan(em, [await someEvent(em), await someEvent(em)]);
  await em.nativeUpdate(Rule, { id: rule.id }, { targets: [toSales] });
  await plan(em, [await someEvent(em), await someEvent(em)]);
  const lines = await em.fork().find(Delivery, { rule: rule.id, state: 'queued' }, { orderBy: { id: 'asc' } });
  expect(lines.map(({ provider, collects }) => [provider, collects ?? null])).toEqual([
    ['slack', null],
    ['slack', 'summary'],
    ['email', null],
    ['email', 'summary'],
  ]);
});

test('however events come, each target gets as many as the cap allows, and one summary of the rest', async ({ orm, owner, tools }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const targets = fc.subarray([...CHANNELS, toSales], { minLength: 1 });
  const batches = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(targets, batches, fc.integer({ min: 1, max: 6 }), async (to, sizes, most) => {
      await em.nativeUpdate(Rule, {}, { enabled: false });
      const rule = await someRule(em, owner, { targets: to, pacing: throttled(most) });
      const events = await Promise.all(sizes.map(size => Promise.all(Array.from({ length: size }, () => someEvent(orm.em.fork())))));
      await Promise.all(events.map(batch => plan(em, batch)));
      const all = await em.fork().find(Delivery, { rule: rule.id });
      const count = sizes.reduce((sum, size) => sum + size, 0);
      for (const target of to) {
        const own = all.filter(({ provider, targetLabel }) => provider === target.provider && targetLabel === target.label);
        const summaries = own.filter(({ collects }) => collects === 'summary');
        expect(own.filter(({ state, collects }) => state === 'queued' && !collects)).toHaveLength(Math.min(count, most));
        expect(summaries).toHaveLength(count > most ? 1 : 0);
        expect(own.filter(({ toldBy }) => toldBy && toldBy.id === summaries[0]?.id)).toHaveLength(Math.max(0, count - most));
      }
    }),
    { numRuns: 12 },
  );
});

test('rules are found and counted by each of their providers, once', async ({ orm, owner }) => {
  const em = orm.em.fork();
  const before = await rulesByProvider(em);
  const rule = await someRule(em, owner, { targets: [...CHANNELS, toSales] });
  const after = await rulesByProvider(em.fork());
  for (const [provider, more] of Object.entries({ slack: 1, email: 1, webhook: 0 })) {
    expect((after.get(provider) ?? 0) - (before.get(provider) ?? 0)).toBe(more);
    const [found] = await rulePage(em.fork(), { provider }, { page: 1, pageSize: 200 });
    expect(found.some(({ id }) => id === rule.id)).toBe(more === 1);
  }
});
