import type { MikroORM } from '@mikro-orm/postgresql';
import { beforeEach, expect } from 'vitest';
import type { Permission } from '#contract/permissions.ts';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';
import { envFor } from '../../support/app.ts';
import { Refusal } from '../../support/caller.ts';
import { HIPCHAT_TOKEN } from '../../support/counterparts/hipchat.ts';
import { TOKEN, refusal } from '../../support/counterparts/slack.ts';
import { HOOK_SECRET } from '../../support/counterparts/webhook.ts';
import { MAIL_PASSWORD, MAIL_USER, Mailbox } from '../../support/mailbox.ts';
import { browserOf, someone, superadmin } from '../../support/people.ts';
import { startWork } from '../../support/settle.ts';
import { test as house, makeDue, someEvent } from './house.ts';

const RIGHTS: Permission[] = ['rules.edit', 'providers.edit', 'deliveries.replay', 'mail.read', 'admins.invite', 'dashboard.view'];

const test = house
  // another mail server, which somebody may want the password of the first sent to
  .extend('trap', { scope: 'file' }, async ({}, { onCleanup }) => {
    const trap = await new Mailbox().start();
    onCleanup(() => trap.stop());
    return trap;
  })
  .extend('environment', { scope: 'file' }, ({ slack, mailbox, trap, hipchat, receiver }) => ({
    SLACK_API_URL: slack.api,
    ALLOWED_PRIVATE_HOSTS: [`127.0.0.1:${mailbox.port}`, `127.0.0.1:${trap.port}`, hipchat.host, receiver.host].join(','),
  }))
  .extend('server', { scope: 'file' }, async ({ database, redisUrl, environment }, { onCleanup }) => {
    const server = await startServer({ env: envFor(database, redisUrl, environment), log: createLog('silent'), client: 'none' });
    onCleanup(() => server.stop());
    return server;
  })
  .extend('work', { scope: 'file' }, async ({ database, redisUrl, environment, server }, { onCleanup }) => {
    const work = await startWork(database, redisUrl, { env: environment, baseUrl: server.url });
    onCleanup(() => work.stop());
    return work;
  })
  // of each test, so that what one asked too often does not stop the next
  .extend('person', async ({ orm, owner, server }) => {
    const em = orm.em.fork();
    expect(owner.id).toBeTruthy();
    return browserOf(em, await someone(em, ...RIGHTS), server.url);
  });

beforeEach<{ slack: { reset(): void }; mailbox: { reset(): void } }>(({ slack, mailbox }) => {
  slack.reset();
  mailbox.reset();
});

const withToken = { params: { id: 'slack' }, body: { settings: { token: TOKEN } } };
const rule = {
  name: 'Large orders',
  enabled: true,
  events: ['order.placed'],
  match: 'all' as const,
  conditions: [{ field: 'total.amount', operator: 'greater' as const, value: 100 }],
  provider: 'slack',
  target: { channel: 'C000007' },
  text: null,
};
const typesSince = async (orm: MikroORM, since: Date): Promise<string[]> =>
  (await orm.em.fork().find(Event, { storedAt: { $gt: since } }, { orderBy: { storedAt: 'asc' } })).map(({ type }) => type);

test('a token is tried before it is stored, and never given back', async ({ person, slack, orm }) => {
  const since = new Date();
  const refused = await person
    .call('PUT /notification-providers/:id', { params: { id: 'slack' }, body: { settings: { token: 'xoxb-000000000000-bad' } } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).problem).toMatchObject({
    code: 'test_failed',
    detail: 'Token: Slack refused the token (invalid_auth). Paste a new bot token in Providers.',
  });
  expect(await person.call('GET /notification-providers/:id', { params: { id: 'slack' } })).toMatchObject({
    state: 'inactive',
    secrets: {},
  });
  slack.scopes = 'channels:read';
  expect(await person.codeOf('PUT /notification-providers/:id', withToken)).toBe('test_failed');
  slack.scopes = 'chat:write,channels:read,groups:read';
  const view = await person.call('PUT /notification-providers/:id', withToken);
  expect(view).toMatchObject({
    state: 'active',
    settings: {},
    secrets: { token: 'oken' },
    settingsForm: { properties: { token: { secret: true, title: 'Bot token' } } },
    targetForm: { properties: { channel: { choices: true } } },
  });
  expect(JSON.stringify(view)).not.toContain(TOKEN);
  const again = await person.call('PUT /notification-providers/:id', { params: { id: 'slack' }, body: { settings: {} } });
  expect(again.state).toBe('active');
  expect(again.activeSince).toBe(view.activeSince);
  expect(await typesSince(orm, since)).toEqual(['provider.activated', 'provider.activated']);
});

test('a test shows its steps, and sends where it is told to', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const good = await person.call('POST /notification-providers/:id/test', {
    params: { id: 'slack' },
    body: { target: { channel: 'C000001' } },
  });
  expect(good).toEqual({
    ok: true,
    steps: [
      { label: 'Reach Slack', state: 'ok', detail: 'Slack answered.' },
      { label: 'Token', state: 'ok', detail: 'Signed in to Northwind as quarterdeck.' },
      { label: 'Permission to post', state: 'ok', detail: 'The bot may post.' },
      { label: 'Send', state: 'ok', detail: 'ok, channel C000001, ts 17000000.1' },
    ],
  });
  expect(slack.posts[0]?.text).toMatch(/^\[Test\]/);
  slack.faults.push(refusal('not_in_channel'));
  const bad = await person.call('POST /notification-providers/:id/test', {
    params: { id: 'slack' },
    body: { target: { channel: 'C000001' } },
  });
  expect(bad.ok).toBe(false);
  expect(bad.steps.at(-1)?.detail).toContain('Invite it there');
  expect(
    await person.codeOf('POST /notification-providers/:id/test', { params: { id: 'slack' }, body: { target: { channel: 'general' } } }),
  ).toBe('invalid');
});

test('channels are found by a part of their name, over all pages', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const choose = (search: string) =>
    person.call('POST /notification-providers/:id/choices', { params: { id: 'slack' }, body: { field: 'channel', search } });
  expect(await choose('#channel-44')).toEqual({
    items: [
      { value: 'C000044', label: '#channel-44' },
      ...Array.from({ length: 10 }, (_, at) => ({
        value: `C00044${at}`,
        label: `#channel-44${at}`,
        ...(at % 2 ? { note: 'Not a member: invite the bot' } : {}),
      })),
    ],
    more: false,
  });
  const all = await choose('');
  expect([all.items.length, all.more]).toEqual([50, true]);
  expect(slack.calls.filter(call => call === 'conversations.list')).toHaveLength(4);
});

test('a new mail server means the password anew', async ({ person, mailbox, trap }) => {
  const settings = { host: '127.0.0.1', port: mailbox.port, security: 'none', user: MAIL_USER, fromAddress: 'desk@northwind.example' };
  const params = { id: 'email' };
  const save = (more: object) => person.call('PUT /notification-providers/:id', { params, body: { settings: { ...settings, ...more } } });
  expect(await save({ password: MAIL_PASSWORD })).toMatchObject({
    state: 'active',
    settings,
    secrets: { password: MAIL_PASSWORD.slice(-4) },
  });
  expect(await save({ fromName: 'Desk' })).toMatchObject({ state: 'active' });
  expect(mailbox.passwords).toEqual([MAIL_PASSWORD, MAIL_PASSWORD]); // the stored one signed in
  const elsewhere = { settings: { ...settings, port: trap.port } };
  expect(await person.codeOf('PUT /notification-providers/:id', { params, body: elsewhere })).toBe('test_failed');
  expect((await person.call('POST /notification-providers/:id/test', { params, body: elsewhere })).ok).toBe(false);
  expect(trap.passwords).toEqual([]);
  await person.call('DELETE /notification-providers/:id', { params });
});

test('another HipChat server means the token anew', async ({ person, hipchat, receiver }) => {
  const params = { id: 'hipchat' };
  const save = (settings: object) => person.call('PUT /notification-providers/:id', { params, body: { settings: { ...settings } } });
  expect(await save({ url: `${hipchat.url}v2`, token: HIPCHAT_TOKEN })).toMatchObject({
    state: 'active',
    description: expect.stringContaining('ended in 2019') as unknown,
    settings: { url: hipchat.url.slice(0, -1) },
  });
  expect(await save({ url: hipchat.url })).toMatchObject({ state: 'active', secrets: { token: '4417' } });
  const elsewhere = { params, body: { settings: { url: receiver.url } } };
  expect(await person.codeOf('PUT /notification-providers/:id', elsewhere)).toBe('invalid');
  expect(await person.codeOf('POST /notification-providers/:id/test', elsewhere)).toBe('invalid');
  expect(receiver.calls).toEqual([]);
  const shown = await person.call('POST /notification-providers/:id/preview', { params, body: { target: { room: '1', color: 'red' } } });
  expect(shown).toMatchObject({ as: 'chat', color: 'red', loud: false, footer: expect.stringContaining('“Example”') as unknown });
  await person.call('DELETE /notification-providers/:id', { params });
});

test('a webhook’s new secret signs beside the one before, which no form can write', async ({ person, receiver }) => {
  const params = { id: 'webhook' };
  const save = (settings: object) =>
    person.call('PUT /notification-providers/:id', { params, body: { settings: { url: receiver.url, ...settings } } });
  expect(await save({ secret: HOOK_SECRET, previousSecret: 'planted', previousUntil: '2090-01-01T00:00:00.000Z' })).toMatchObject({
    settings: { url: receiver.url },
    secrets: { secret: HOOK_SECRET.slice(-4) },
    note: null,
  });
  const renewed = await save({ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }); // which the receiver does not know yet
  expect(renewed).toMatchObject({ state: 'active', secrets: { secret: expect.any(String) as unknown } });
  expect(Object.keys(renewed.secrets)).toEqual(['secret']);
  expect(renewed.note?.until).toBeTruthy();
  expect((await save({})).note).toEqual(renewed.note);
  const shown = await person.call('POST /notification-providers/:id/preview', { params, body: { target: { path: '/x' } } });
  expect(shown).toMatchObject({ as: 'request', address: `${receiver.url}x` });
  expect(JSON.stringify(shown)).not.toMatch(/v1,[A-Za-z0-9]/);
  await person.call('DELETE /notification-providers/:id', { params });
});

test('a bot that may not see private channels still offers the others', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  slack.scopes = 'chat:write,channels:read';
  const { items } = await person.call('POST /notification-providers/:id/choices', {
    params: { id: 'slack' },
    body: { field: 'channel', search: 'channel-7' },
  });
  slack.scopes = 'chat:write,channels:read,groups:read';
  expect(items[0]).toEqual({ value: 'C000007', label: '#channel-7', note: 'Not a member: invite the bot' });
});

test('a rule is made, read as a sentence, changed by its version, and deleted', async ({ person, orm }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const since = new Date();
  const made = await person.call('POST /notification-rules', { body: rule });
  expect(made).toMatchObject({
    targetLabel: '#channel-7',
    sentence: 'When an order was placed and total amount is greater than 100, send to Slack #channel-7.',
    providerState: 'active',
    version: 1,
  });
  const params = { id: made.id };
  const changed = await person.call('PUT /notification-rules/:id', { params, body: { ...rule, name: 'Big orders', version: 1 } });
  expect(changed).toMatchObject({ name: 'Big orders', version: 2 });
  expect(await person.codeOf('PUT /notification-rules/:id', { params, body: { ...rule, version: 1 } })).toBe('conflict');
  await person.call('DELETE /notification-rules/:id', { params });
  expect(await person.codeOf('GET /notification-rules/:id', { params })).toBe('not_found');
  expect(await typesSince(orm, since)).toEqual(['rule.added', 'rule.edited', 'rule.deleted']);
});

test.for([
  [{ events: ['order.eaten'] }, 'events.0'],
  [{ conditions: [{ field: 'nonsense', operator: 'is', value: 1 }] }, 'conditions.0.field'],
  [{ conditions: [{ field: 'total.amount', operator: 'greater', value: 'much' }] }, 'conditions.0.value'],
  [{ conditions: [{ field: 'client', operator: 'in', value: 'Acme' }] }, 'conditions.0.value'],
  [{ conditions: [{ field: 'client', operator: 'is' }] }, 'conditions.0.value'],
  [{ target: { channel: '#sales' } }, 'target.channel'],
  [{ target: { channel: 'C999999' } }, 'target.channel'],
  [{ target: { channel: 'C000001', more: 1 } }, 'target.more'],
  [{ provider: 'pigeon' }, 'provider'],
] as [object, string][])('a rule with %j is refused at its clause', async ([fault, field], { person }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const refused = await person.call('POST /notification-rules', { body: { ...rule, ...fault } }).catch((error: unknown) => error);
  expect((refused as Refusal).problem).toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) as unknown } });
});

test('a rule needs an active provider', async ({ person }) => {
  await person.call('DELETE /notification-providers/:id', { params: { id: 'slack' } });
  expect(await person.codeOf('POST /notification-rules', { body: rule })).toBe('provider_inactive');
});

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
  });
  const dry = await person.call('POST /notification-rules/dry-run', { body: rule });
  expect(dry).toMatchObject({
    matched: 1,
    latest: [{ eventId: event.id }],
    preview: {
      title: expect.stringContaining('250.00 USD') as unknown,
      shown: { as: 'chat', footer: expect.stringContaining(rule.name) as unknown },
    },
  });
  expect(dry.looked).toBeGreaterThanOrEqual(2);
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
    expect(await person.call('POST /notification-rules/:id/test', { params: { id: made.id } })).toMatchObject({
      test: true,
      state: 'queued',
      target: '#channel-7',
    });
  await work.settle();
  const { items } = await person.call('GET /deliveries', { query: { rule: made.id } });
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

test('the catalogue offers every event, and own ones with the attributes they had', async ({ person, orm }) => {
  await someEvent(orm.em.fork(), { title: 'Deployed', attributes: [{ label: 'Region', value: 'North' }] }, 'custom.deploy');
  const { events, names } = await person.call('GET /notification-rules/catalogue', {});
  expect(events.find(({ type }) => type === 'order.placed')?.fields).toContainEqual({
    path: 'total',
    label: 'Total',
    kind: 'money',
  });
  expect(events.find(({ type }) => type === 'custom.deploy')?.fields).toContainEqual({
    path: 'attributes.Region',
    label: 'Region',
    kind: 'text',
  });
  expect(events.some(({ type }) => type === 'custom.*')).toBe(true);
  expect(names.role).toContain('Full Administrator');
});

test('each thing needs its right', async ({ orm, server }) => {
  const em = orm.em.fork();
  const reader = await browserOf(em, await someone(em, 'rules.view', 'deliveries.view'), server.url);
  expect((await reader.call('GET /notification-providers', {})).items.map(({ id }) => id).toSorted()).toEqual([
    'email',
    'hipchat',
    'slack',
    'webhook',
  ]);
  for (const [name, input] of [
    ['POST /notification-rules', { body: rule }],
    ['PUT /notification-providers/:id', withToken],
    ['POST /notification-providers/:id/test', { params: { id: 'slack' }, body: {} }],
    ['GET /kept-mail', {}],
  ] as const) {
    expect(await reader.codeOf(name, input)).toBe('forbidden');
  }
});

test('what is not there is not found, whatever its id looks like', async ({ person }) => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'abc']) {
    expect(await person.codeOf('GET /deliveries/:id', { params: { id } })).toBe('not_found');
    expect(await person.codeOf('GET /notification-rules/:id', { params: { id } })).toBe('not_found');
    expect(await person.codeOf('POST /deliveries/:id/replay', { params: { id } })).toBe('not_found');
    expect(await person.codeOf('POST /kept-mail/:id/open', { params: { id } })).toBe('not_found');
    expect(await person.codeOf('GET /notification-providers/:id', { params: { id } })).toBe('not_found');
  }
});
