import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { refusal } from '../../support/counterparts/slack.ts';
import { browserOf, superadmin } from '../../support/people.ts';
import { makeDue, someEvent } from './house.ts';
import { rule, test, toChannel7, typesSince, withToken } from './api-site.ts';

test('an event goes by a rule to Slack, and its way can be followed', async ({ person, orm, slack, work }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const made = await person.call('POST /notification-rules', { body: rule });
  const em = orm.em.fork();
  const event = await someEvent(em, { total: { amount: 250, currency: 'USD' } });
  await someEvent(em, { total: { amount: 50, currency: 'USD' } });
  await work.settle();
  expect(slack.posts).toHaveLength(1);
  const { items, total } = await person.call('GET /deliveries', { query: { rule: made.id } });
  expect(total).toBe(1);
  const [row] = items;
  expect(row).toMatchObject({
    state: 'sent',
    provider: 'slack',
    target: '#channel-7',
    rule: { name: rule.name },
    event: { id: event.id, label: 'An order was placed' },
    tries: 1,
    maxTries: 8,
  });
  const view = await person.call('GET /deliveries/:id', { params: { id: row?.id ?? '' } });
  expect(view).toMatchObject({
    attempts: [{ number: 1, outcome: 'sent', answer: expect.stringMatching(/^ok/) as unknown }],
    rules: expect.arrayContaining([{ id: made.id, name: rule.name, matched: true, because: 'All its conditions hold.' }]) as unknown,
    eventSeq: expect.any(Number) as unknown,
    message: { facts: expect.arrayContaining([{ label: 'Total', value: '250.00 USD' }]) as unknown },
  });
  expect(await person.call('GET /notification-rules/:id', { params: { id: made.id } })).toMatchObject({
    sent7d: 1,
    failed7d: 0,
    lastFiredAt: row?.createdAt,
    perDay: [...Array<unknown>(6).fill({ sent: 0, failed: 0 }), { sent: 1, failed: 0 }],
  });
  await em.execute(`update delivery set created_at = created_at - interval '3 days' where id = ?`, [row?.id ?? '']);
  const { perDay } = await person.call('GET /notification-rules/:id', { params: { id: made.id } });
  expect(perDay.map(({ sent }) => sent)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  const dry = await person.call('POST /notification-rules/dry-run', { body: rule });
  expect(dry).toMatchObject({
    sentence: made.sentence,
    matched: 1,
    latest: [{ eventId: event.id }],
    preview: {
      title: expect.stringContaining('250.00 USD') as unknown,
      shown: [{ provider: 'slack', label: 'Slack', message: { as: 'chat', footer: expect.stringContaining(rule.name) as unknown } }],
    },
  });
  expect(dry.looked).toBeGreaterThanOrEqual(2);
  const other = { provider: 'slack', target: { channel: 'C000008' } };
  const mail = { provider: 'email', target: { address: 'sales@northwind.example' } };
  const wide = { ...rule, targets: [toChannel7, other, toChannel7, mail, { provider: 'email', target: {} }, { provider: '', target: {} }] };
  const several = await person.call('POST /notification-rules/dry-run', { body: wide });
  // what is half written or stands twice is not counted, and what two channels show alike is shown once
  expect(several).toMatchObject({ matched: 1, targets: 3, messages: 3 });
  expect(several.preview?.shown.map(({ provider, message }) => [provider, message.as])).toEqual([
    ['slack', 'chat'],
    ['email', 'mail'],
  ]);
  const begun = { ...rule, conditions: [], targets: [{ provider: '', target: {} }] };
  expect(await person.call('POST /notification-rules/dry-run', { body: begun })).toMatchObject({
    sentence: 'When an order was placed, send to …',
    preview: { shown: [] },
  });
  expect(slack.posts).toHaveLength(1);
  for (const search of ['250.00', '%']) {
    const found = await person.call('GET /deliveries', { query: { search, rule: made.id } });
    expect(found.total).toBe(search === '%' ? 0 : 1);
  }
  await person.call('DELETE /notification-rules/:id', { params: { id: made.id } });
});

test('a rule’s test goes the same way, marked; without an event it takes an example', async ({ person, slack, work }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const made = await person.call('POST /notification-rules', {
    body: { ...rule, events: ['domain.renewed'], conditions: [], enabled: false },
  });
  for (let at = 0; at < 2; at++)
    expect(await person.call('POST /notification-rules/:id/test', { params: { id: made.id }, body: toChannel7 })).toMatchObject({
      test: true,
      state: 'queued',
      target: '#channel-7',
    });
  const elsewhere = { provider: 'slack', target: { channel: 'C000008' } };
  expect(await person.codeOf('POST /notification-rules/:id/test', { params: { id: made.id }, body: elsewhere })).toBe('invalid');
  const mine = await person.call('POST /notification-rules/:id/test-to-me', { params: { id: made.id } });
  expect(mine).toMatchObject({ test: true, provider: 'email', target: expect.stringMatching(/@northwind\.example$/) as unknown });
  await work.settle();
  const { items } = await person.call('GET /deliveries', { query: { rule: made.id } });
  expect(items.find(({ id }) => id === mine.id)?.state).not.toBe('queued');
  const { rules } = await person.call('GET /deliveries/:id', { params: { id: items[0]?.id ?? '' } });
  expect(rules).toContainEqual({ id: made.id, name: rule.name, matched: true, because: 'It was tested.' });
  expect(slack.posts.map(({ text }) => text)).toEqual(
    Array(2).fill(
      '[Test] Somebody renewed example domain of example client: example reason\nSomebody renewed example domain of example client: example reason',
    ),
  );
  await person.call('DELETE /notification-rules/:id', { params: { id: made.id } });
});

test('what failed can be sent again, and only that', async ({ person, orm, slack, work }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const made = await person.call('POST /notification-rules', { body: { ...rule, conditions: [] } });
  slack.faults.push(refusal('not_in_channel'));
  await someEvent(orm.em.fork());
  await work.settle();
  const failed = await person.call('GET /deliveries', { query: { state: 'failed', rule: made.id } });
  const id = failed.items[0]?.id ?? '';
  expect(failed.items[0]).toMatchObject({ state: 'failed', reason: expect.stringContaining('not_in_channel') as unknown });
  expect(await person.call('POST /deliveries/:id/replay', { params: { id } })).toMatchObject({ state: 'queued', tries: 0, reason: null });
  await work.settle();
  expect(await person.call('GET /deliveries/:id', { params: { id } })).toMatchObject({
    state: 'sent',
    tries: 1,
    attempts: [
      { number: 1, outcome: 'failed' },
      { number: 2, outcome: 'sent' },
    ],
  });
  expect(slack.posts[0]?.metadata.event_payload.delivery_id).toBe(id);
  expect(await person.codeOf('POST /deliveries/:id/replay', { params: { id } })).toBe('not_replayable');
  await makeDue(orm.em.fork());
  await person.call('DELETE /notification-rules/:id', { params: { id: made.id } });
});

test('all that failed and fits is sent again at once, under the ids it had', async ({ person, orm, slack, work }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const made = await person.call('POST /notification-rules', { body: { ...rule, conditions: [] } });
  slack.faults.push(...Array.from({ length: 3 }, () => refusal('not_in_channel')));
  const since = new Date();
  for (let n = 0; n < 4; n += 1) await someEvent(orm.em.fork());
  await work.settle();
  const failed = await person.call('GET /deliveries', {
    query: { state: 'failed', rule: made.id, event: 'order.placed', from: since.toISOString() },
  });
  expect(failed.total).toBe(3);
  const none = { rule: made.id, to: since.toISOString() };
  expect(await person.call('POST /deliveries/replay', { body: none })).toEqual({ replayed: 0, left: 0 });
  expect(await person.call('POST /deliveries/replay', { body: { rule: made.id } })).toEqual({ replayed: 3, left: 0 });
  await work.settle();
  const ids = slack.posts.map(({ metadata }) => metadata.event_payload.delivery_id);
  expect(ids).toEqual(expect.arrayContaining(failed.items.map(({ id }) => id)));
  expect((await person.call('GET /deliveries', { query: { rule: made.id, state: 'sent' } })).total).toBe(4);
  expect(await orm.em.fork().count(Event, { type: 'deliveries.replayed', facts: { deliveries: 3 } })).toBe(1);
  await person.call('DELETE /notification-rules/:id', { params: { id: made.id } });
});

test('an invitation’s mail is kept while no server is set, opened on the record, its key for Full Administrators only', async ({
  person,
  orm,
  server,
  work,
}) => {
  const em = orm.em.fork();
  const boss = await browserOf(em, await superadmin(em), server.url);
  const role = await boss.call('GET /roles', {});
  const roleId = role.items.find(({ superadmin: full }) => !full)?.id ?? '';
  await boss.call('POST /invitations', { body: { addresses: ['sam@northwind.example'], roleIds: [roleId] } });
  await work.settle();
  const { items } = await person.call('GET /kept-mail', {});
  const kept = items.find(({ to }) => to === 'sam@northwind.example');
  const params = { id: kept?.deliveryId ?? '' };
  const since = new Date();
  const masked = await person.call('POST /kept-mail/:id/open', { params });
  const whole = await boss.call('POST /kept-mail/:id/open', { params });
  expect(masked.text).toContain('/invitation#…');
  expect(whole.text).toMatch(/\/invitation#[\w-]{43}/);
  expect(await typesSince(orm, since)).toEqual(['mail.kept-read', 'mail.kept-read']);
  const view = await person.call('GET /deliveries/:id', { params });
  expect(JSON.stringify(view)).not.toMatch(/#[\w-]{20,}/);
  expect(view).toMatchObject({ state: 'suppressed', reason: 'Kept in Quarterdeck: no mail server is set.' });
});
