import { beforeEach, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { deliver } from '#server/notifications/deliver.ts';
import type { Fault } from '../../support/counterparts/counterpart.ts';
import { rateLimit, refusal } from '../../support/counterparts/slack.ts';
import { activateEmail, activateSlack, makeDue, oneDelivery, plan, someEvent, someRule, standing, test, toSales } from './house.ts';

beforeEach<{ slack: { reset(): void }; mailbox: { reset(): void } }>(({ slack, mailbox }) => {
  slack.reset();
  mailbox.reset();
});

test('a message reaches Slack with its id, and what Slack said is kept', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner, {
    text: 'New from {client}: {total}',
    conditions: [{ field: 'total.amount', operator: 'greater', value: 20 }],
  });
  await deliver(em.fork(), tools, id, []);
  const [post, ...more] = slack.posts;
  expect(more).toEqual([]);
  expect(post).toMatchObject({ channel: 'C000000', metadata: { event_type: 'quarterdeck_delivery', event_payload: { delivery_id: id } } });
  expect(post?.text).toMatch(/^Shop placed order \d+ of Acme: 25\.00 USD\nNew from Acme: 25\.00 USD$/);
  expect(post?.fields).toMatchObject({ link_names: 'false', parse: 'none', unfurl_links: 'false', unfurl_media: 'false' });
  expect(await standing(em, id)).toMatchObject({
    state: 'sent',
    tries: 1,
    outcomes: ['sent'],
    reason: 'ok, channel C000000, ts 17000000.1',
  });
  expect(await em.fork().findOneOrFail(ProviderActivation, 'slack')).toMatchObject({ lastSuccessAt: expect.any(Date) as unknown });
});

test('a second worker on the same delivery, and a repeated job, send nothing', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner);
  await Promise.all(Array.from({ length: 10 }, () => deliver(em.fork(), tools, id, [])));
  await deliver(em.fork(), tools, id, []);
  expect(slack.posts).toHaveLength(1);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', outcomes: ['sent'] });
});

const badAnswers: [string, Fault, RegExp][] = [
  ['status 500', { status: 500, body: 'oh no' }, /status 500/],
  ['HTML from a proxy', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' }, /status 502/],
  ['HTML that claims to be well', { body: '<html>hello</html>' }, /could not be read/],
  ['half JSON', { body: '{"ok":tr' }, /could not be read/],
  ['an endless answer', { body: 'x'.repeat(2_000_000) }, /cannot be reached: The answer is larger than/],
  ['a cut connection', { reset: true }, /cut the connection/],
  ['internal_error', refusal('internal_error'), /not well \(internal_error\)/],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /status 302/],
];
test.for(badAnswers)('%s is tried again, and delivered when Slack is well', async ([, fault, reason], { orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner);
  slack.faults.push(fault);
  await deliver(em.fork(), tools, id, []);
  const { state, reason: why, delivery } = await standing(em, id);
  expect([state, why]).toEqual(['retrying', expect.stringMatching(reason)]);
  expect(delivery.nextTryAt.getTime() - Date.now()).toBeGreaterThan(7000);
  await deliver(em.fork(), tools, id, []);
  expect(slack.posts).toEqual([]); // not before its time
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect(slack.posts.map(({ metadata }) => metadata.event_payload.delivery_id)).toEqual([id]);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', tries: 2, outcomes: ['retry', 'sent'] });
});

test.for(['channel_not_found', 'not_in_channel', 'is_archived', 'restricted_action', 'msg_too_long', 'no_text', 'missing_scope'])(
  '%s is final, with its cure and an event',
  async (code, { orm, owner, tools, slack }) => {
    const em = orm.em.fork();
    await activateSlack(em, owner, tools);
    const id = await oneDelivery(em, owner);
    slack.faults.push(refusal(code));
    await deliver(em.fork(), tools, id, []);
    const { state, reason, outcomes } = await standing(em, id);
    expect({ state, outcomes }).toEqual({ state: 'failed', outcomes: ['failed'] });
    expect(reason).toContain(`(Slack: ${code})`);
    expect(reason).toMatch(/\. \(Slack/);
    expect(await em.count(Event, { type: 'delivery.failed', facts: { deliveryId: id } })).toBe(1);
  },
);

test('gives up after eight tries, or four where the code is unknown', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  for (const [code, tries] of [
    ['internal_error', 8],
    ['some_new_code', 4],
  ] as const) {
    const id = await oneDelivery(em, owner);
    slack.faults.push(...Array.from({ length: tries }, () => refusal(code)));
    for (let at = 0; at < tries; at++) {
      await makeDue(em, id);
      await deliver(em.fork(), tools, id, []);
    }
    expect(await standing(em, id)).toMatchObject({
      state: 'failed',
      tries,
      reason: expect.stringMatching(`^Given up after ${tries} tries\\. .*${code}`) as unknown,
    });
  }
});

test('a Retry-After holds everything for that provider and is no try; other providers go on', async ({
  orm,
  owner,
  tools,
  slack,
  mailbox,
}) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  await activateEmail(em, owner, tools, mailbox);
  const first = await oneDelivery(em, owner);
  await someRule(em, owner, { targets: [toSales] });
  const planned = await plan(em, [await someEvent(em)]);
  slack.faults.push(rateLimit('30'));
  await deliver(em.fork(), tools, first, []);
  for (const { id } of planned) await deliver(em.fork(), tools, id, []);
  expect(slack.calls).toEqual(['chat.postMessage']);
  expect(mailbox.mails).toHaveLength(1);
  const held = await standing(em, first);
  expect(held).toMatchObject({ state: 'retrying', tries: 0, outcomes: ['retry'], reason: 'Slack asked for a pause of 30 s.' });
  const wait = held.delivery.nextTryAt.getTime() - Date.now();
  expect(wait).toBeGreaterThan(28_000);
  expect(wait).toBeLessThan(31_000);
  await em.execute(`update provider_activation set held_until = now()`);
  await makeDue(em);
  for (const id of [first, ...planned.map(one => one.id)]) await deliver(em.fork(), tools, id, []);
  expect(slack.posts).toHaveLength(2);
});

test.for(['invalid_auth', 'token_revoked', 'account_inactive'])(
  '%s pauses the provider, says so once, and nothing is lost',
  async (code, { orm, owner, tools, slack }) => {
    const em = orm.em.fork();
    await activateSlack(em, owner, tools);
    const before = await em.count(Event, { type: 'provider.paused' });
    const [first, second] = [await oneDelivery(em, owner), await oneDelivery(em, owner)];
    await em.nativeUpdate(Rule, {}, { enabled: true });
    slack.faults.push(refusal(code));
    await deliver(em.fork(), tools, first, []);
    await deliver(em.fork(), tools, second, []);
    expect(slack.calls).toHaveLength(1);
    expect(await em.count(Event, { type: 'provider.paused' })).toBe(before + 1);
    const paused = await em.fork().findOneOrFail(ProviderActivation, 'slack');
    expect(paused.pausedBecause).toBe(`Slack refused the token (${code}). Paste a new bot token in Providers.`);
    expect(await standing(em, first)).toMatchObject({ state: 'retrying', tries: 0 });
    expect(await standing(em, second)).toMatchObject({ state: 'queued', outcomes: [] });
    await activateSlack(em, owner, tools);
    for (const id of [first, second]) await deliver(em.fork(), tools, id, []);
    expect(slack.posts.map(({ metadata }) => metadata.event_payload.delivery_id)).toEqual([first, second]);
  },
);

test('a rule whose maker is disabled, that was switched off or deleted, sends no more', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const ends: [() => Promise<unknown>, RegExp][] = [
    [() => em.nativeUpdate(Rule, {}, { enabled: false }), /switched off/],
    [() => em.nativeUpdate(Rule, {}, { deletedAt: new Date() }), /deleted/],
    [() => em.nativeUpdate(Admin, { id: owner.id }, { disabledAt: new Date() }), /is disabled/],
  ];
  for (const [end, reason] of ends) {
    const id = await oneDelivery(em, owner);
    await end();
    await deliver(em.fork(), tools, id, []);
    expect(await standing(em, id)).toMatchObject({ state: 'suppressed', reason: expect.stringMatching(reason) as unknown });
  }
  await em.nativeUpdate(Admin, { id: owner.id }, { disabledAt: null });
  expect(slack.posts).toEqual([]);
});

test('a provider that was deactivated meanwhile suppresses what waits', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner);
  await em.nativeDelete(ProviderActivation, { id: 'slack' });
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'suppressed', reason: 'Slack is not active.' });
  expect(slack.calls).toEqual([]);
});

test('a worker that lost its lease changes nothing when it comes back', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner);
  slack.faults.push({ silent: true });
  const frozen = deliver(em.fork(), tools, id, []);
  await expect.poll(() => slack.calls.length).toBe(1);
  // as the sweeper does when the lease has run out
  await em.execute(`update delivery set state = 'retrying', lease = null, next_try_at = now() where id = ?`, [id]);
  await deliver(em.fork(), tools, id, []);
  slack.cutSilent();
  await frozen;
  expect(await standing(em, id)).toMatchObject({ state: 'sent', reason: expect.stringMatching(/^ok/) as unknown });
});

test('a failure to tell of a failure fires no rule', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner);
  await someRule(em, owner, { events: ['delivery.failed'] });
  slack.faults.push(refusal('is_archived'), refusal('is_archived'));
  await deliver(em.fork(), tools, id, []);
  const failure = async (of: string) => em.fork().find(Event, { type: 'delivery.failed', facts: { deliveryId: of } });
  const [told] = await plan(em, await failure(id));
  if (!told) throw new Error('the first failure is told of');
  await deliver(em.fork(), tools, told.id, []);
  expect(await standing(em, told.id)).toMatchObject({ state: 'failed' });
  const echo = await failure(told.id);
  expect(echo).toHaveLength(1);
  expect(await plan(em, echo)).toEqual([]);
});

test('each event is told of once for each rule and target, however often it is dispatched', async ({ orm, owner, tools }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await someRule(em, owner);
  await someRule(em, owner, { conditions: [{ field: 'client', operator: 'is', value: 'Nobody' }] });
  await someRule(em, owner, { targets: [toSales] });
  await someRule(em, owner, { events: ['order.cancelled'] });
  const events = [await someEvent(em), await someEvent(em), await someEvent(em, {}, 'order.cancelled')];
  const rounds = await Promise.all([plan(em, events), plan(em, events), plan(em, events)]);
  await plan(em, events);
  expect(rounds.flat()).toHaveLength(5);
  expect(await em.count(Delivery, { event: { $in: events.map(({ id }) => id) } })).toBe(5);
});
