import { expect } from 'vitest';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { sealSecrets } from '#server/notifications/stored-settings.ts';
import { Event } from '#server/events/Event.ts';
import { Refusal } from '../../support/caller.ts';
import { browserOf, someone } from '../../support/people.ts';
import { someEvent } from './house.ts';
import { rule, test, toChannel7, typesSince, withToken } from './api-site.ts';

const toSlack = (channel: string) => ({ provider: 'slack', target: { channel } });
const toMail = (address: string) => ({ provider: 'email', target: { address } });

test('a rule is made, read as a sentence, changed by its version, and deleted', async ({ person, orm }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const since = new Date();
  const made = await person.call('POST /notification-rules', { body: rule });
  expect(made).toMatchObject({
    sentence: 'When an order was placed and total amount is greater than 100, send to Slack #channel-7.',
    targets: [{ provider: 'slack', target: { channel: 'C000007' }, label: '#channel-7', providerState: 'active' }],
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
  [{ targets: [toSlack('#sales')] }, 'targets.0.target.channel'],
  [{ targets: [toSlack('C000001'), toSlack('C999999')] }, 'targets.1.target.channel'],
  [{ targets: [{ provider: 'slack', target: { channel: 'C000001', more: 1 } }] }, 'targets.0.target.more'],
  [{ targets: [toSlack('C000001'), { provider: 'pigeon', target: {} }] }, 'targets.1.provider'],
  [{ targets: [toSlack('C000001'), toMail('a@northwind.example'), toSlack('C000001')] }, 'targets.2'],
  [{ targets: [] }, 'targets'],
  [{ targets: Array.from({ length: 11 }, (_, n) => toMail(`${n}@northwind.example`)) }, 'targets'],
  [{ provider: 'slack', target: { channel: 'C000001' } }, 'provider'],
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

test('a rule needs active providers; one that has it already keeps what was deactivated since', async ({ person }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const both = { ...rule, targets: [toMail('sales@northwind.example'), toChannel7] };
  const made = await person.call('POST /notification-rules', { body: both });
  await person.call('DELETE /notification-providers/:id', { params: { id: 'slack' } });
  const refused = await person.call('POST /notification-rules', { body: both }).catch((error: unknown) => error);
  expect((refused as Refusal).problem).toMatchObject({
    code: 'provider_inactive',
    fields: { 'targets.1.provider': 'Slack is not active.' },
  });
  const worse = await person
    .call('POST /notification-rules', { body: { ...both, targets: [toChannel7, toMail('nobody')] } })
    .catch((error: unknown) => error);
  expect((worse as Refusal).problem).toMatchObject({ code: 'invalid' });
  expect(Object.keys((worse as Refusal).problem.fields ?? {})).toEqual(['targets.0.provider', 'targets.1.target.address']);
  const params = { id: made.id };
  const off = await person.call('PUT /notification-rules/:id', { params, body: { ...both, enabled: false, version: made.version } });
  expect(off).toMatchObject({
    enabled: false,
    targets: [{ providerState: 'inactive' }, { label: '#channel-7', providerState: 'inactive' }],
  });
  const more = { ...both, targets: [...both.targets, toSlack('C000001')], version: off.version };
  expect(await person.codeOf('PUT /notification-rules/:id', { params, body: more })).toBe('provider_inactive');
  await person.call('DELETE /notification-rules/:id', { params });
});

test('a rule is saved while its service refuses to be asked, and its target keeps its name', async ({ person, orm, tools }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const made = await person.call('POST /notification-rules', { body: rule });
  const params = { id: made.id };
  const secrets = sealSecrets(tools.secrets, 'slack', { token: 'xoxb-000000000000-revoked' });
  await orm.em.fork().nativeUpdate(ProviderActivation, { id: 'slack' }, { secrets });
  const body = { ...rule, targets: [toChannel7, toSlack('C000003')], version: made.version };
  const saved = await person.call('PUT /notification-rules/:id', { params, body });
  expect(saved.targets.map(({ label }) => label)).toEqual(['#channel-7', 'C000003']);
  await person.call('DELETE /notification-rules/:id', { params });
});

test('a change of targets is told in words, and a save that changes nothing is none', async ({ person, orm }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const paced = { ...rule, pacing: { quiet: null, throttle: { most: 5, minutes: 10 }, digest: null } };
  const made = await person.call('POST /notification-rules', { body: paced });
  const params = { id: made.id };
  expect(await person.call('PUT /notification-rules/:id', { params, body: { ...paced, version: 1 } })).toMatchObject({ version: 1 });
  const targets = [toChannel7, toMail('sales@northwind.example')];
  await person.call('PUT /notification-rules/:id', { params, body: { ...paced, targets, version: 1 } });
  const edited = await orm.em.fork().find(Event, { type: 'rule.edited', facts: { ruleId: made.id } });
  expect(edited.map(({ facts }) => facts['changes'])).toEqual([
    { targets: { before: ['Slack #channel-7'], after: ['Slack #channel-7', 'Email sales@northwind.example'] } },
  ]);
  await person.call('DELETE /notification-rules/:id', { params });
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
