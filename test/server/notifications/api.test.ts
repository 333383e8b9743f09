import { expect } from 'vitest';
import { Refusal } from '../../support/caller.ts';
import { browserOf, someone } from '../../support/people.ts';
import { someEvent } from './house.ts';
import { rule, test, typesSince, withToken } from './api-site.ts';

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
  [
    { conditions: [{ match: 'any', conditions: [{ field: 'total.amount', operator: 'greater', value: 'much' }] }] },
    'conditions.0.conditions.0.value',
  ],
  [{ conditions: [{ field: 'client', operator: 'in', value: 'Acme' }] }, 'conditions.0.value'],
  [{ conditions: [{ field: 'client' }] }, 'conditions.0.operator'],
  [{ conditions: [{ field: 'client', operator: 'is', value: 'Acme', values: [] }] }, 'conditions.0.values'],
  [{ conditions: [{ match: 'some', conditions: [{ field: 'client', operator: 'exists' }] }] }, 'conditions.0.match'],
  [{ conditions: [{ match: 'all', conditions: [] }] }, 'conditions.0.conditions'],
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

test('rules are listed by what they listen to, where they send and whether they are on', async ({ person }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const off = { ...rule, name: 'Off', enabled: false, events: ['ticket.opened', 'ticket.closed'], conditions: [] };
  const made = [
    await person.call('POST /notification-rules', { body: rule }),
    await person.call('POST /notification-rules', { body: off }),
  ];
  const named = async (query: object) => (await person.call('GET /notification-rules', { query })).items.map(({ name }) => name);
  expect(await named({ event: 'ticket.closed' })).toEqual(['Off']);
  expect(await named({ event: 'ticket' })).toEqual([]);
  expect(await named({ state: 'off' })).toEqual(['Off']);
  expect(await named({ state: 'on', event: 'order.placed', provider: 'slack' })).toEqual([rule.name]);
  expect(await named({ provider: 'email' })).toEqual([]);
  for (const { id } of made) await person.call('DELETE /notification-rules/:id', { params: { id } });
});

test('a rule needs an active provider', async ({ person }) => {
  await person.call('DELETE /notification-providers/:id', { params: { id: 'slack' } });
  expect(await person.codeOf('POST /notification-rules', { body: rule })).toBe('provider_inactive');
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
