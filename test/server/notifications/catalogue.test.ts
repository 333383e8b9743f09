import { expect, test } from 'vitest';
import { EVENT_TYPES, eventKind } from '#contract/events.ts';
import { UNPACED } from '#contract/pacing.ts';
import { exampleOf, fieldsOf, hasField } from '#server/notifications/catalogue.ts';
import { factAt } from '#server/notifications/conditions.ts';
import { factRows, factsOf, isForPeople, linkOf, sentenceOf } from '#server/notifications/facts.ts';
import { filled, sayingOf } from '#server/notifications/message.ts';
import { providers } from '#server/notifications/providers/_all.ts';
import { ruleSentence } from '#server/notifications/sentence.ts';
import { inLanguage } from '#server/words/say.ts';

test.for([...EVENT_TYPES, 'custom.*', 'custom.deploy'])('an example of %s fits its facts and has every field that rules may name', type => {
  const example = exampleOf(type);
  expect(eventKind(example.type)?.facts.safeParse(example.facts).error).toBeUndefined();
  for (const { path } of fieldsOf(type)) expect(factAt(factsOf(example), path), path).toBeDefined();
  expect(sentenceOf(example).length).toBeGreaterThan(8);
});

/** A target for each way out; one that is added here has to have its own. */
const TARGETS: Record<string, Record<string, unknown>> = {
  email: { address: 'sales@northwind.example' },
  slack: { channel: 'C0000001' },
  hipchat: { room: '7' },
  webhook: {},
};
/** Facts that are lists of changes or of a program's own attributes have no type that could be known beforehand. */
const OPEN = ['changes', 'attributes'];

test.for(EVENT_TYPES)('%s has all that people, rules and messages need', type => {
  const kind = eventKind(type);
  expect(kind?.label).toMatch(/^[A-Z].{5,}/);
  expect(['info', 'good', 'warn', 'bad']).toContain(kind?.severity);
  const example = exampleOf(type);
  const paths = fieldsOf(type).map(({ path }) => path);
  for (const name of Object.keys(example.facts).filter(name => isForPeople(name) && !OPEN.includes(name)))
    expect(
      paths.some(path => path === name || path.startsWith(`${name}.`)),
      `${type} has no type for ${name}`,
    ).toBe(true);
  // what has no page of its own is looked at in the activity log
  expect(linkOf(example) ?? '/activity').toMatch(/^(\/[a-z]|https:)/);
  const said = sayingOf(example, { text: null });
  const message = { deliveryId: '00000000-0000-4000-8000-000000000000', organisation: 'Northwind', ...said, footer: 'Sent by a rule.' };
  for (const provider of providers.values()) {
    const target = TARGETS[provider.id] ?? expect.fail(`no target for ${provider.id}`);
    const shown = provider.show(message, target, undefined);
    expect(JSON.stringify(shown), provider.id).toContain(JSON.stringify(said.title).slice(1, -1).slice(0, 40));
  }
});

const order = {
  type: 'order.placed',
  at: new Date(),
  actorName: 'Shop',
  facts: {
    order: '1001',
    client: 'Acme',
    total: { amount: 25.5, currency: 'USD' },
    items: ['Hosting', 'Domain'],
    url: 'https://shop.example/1001',
  },
};
const deploy = {
  type: 'custom.deploy',
  at: new Date(),
  actorName: 'CI',
  facts: {
    title: 'Deployed 4.2',
    url: 'https://ci.example/',
    attributes: [
      { label: 'Region', value: 'North' },
      { label: 'Took.s', value: '12' },
    ],
  },
};

test('the fields of an event are typed by its facts', () => {
  expect(fieldsOf('order.placed')).toContainEqual({ path: 'total', label: 'Total', kind: 'money' });
  expect(fieldsOf('ticket.opened')).toContainEqual({ path: 'department', label: 'Department', kind: 'department' });
  expect(fieldsOf('invitation.sent')).toContainEqual({ path: 'roles', label: 'Roles', kind: 'role' });
  expect(fieldsOf('role.deleted')).toContainEqual({ path: 'movedTo', label: 'Moved to', kind: 'role' });
  expect(fieldsOf('admin.added')).toContainEqual({ path: 'name', label: 'Name', kind: 'person' });
  expect(fieldsOf('ticket.opened')).toContainEqual({
    path: 'priority',
    label: 'Priority',
    kind: 'choice',
    choices: ['low', 'medium', 'high'],
  });
  expect(fieldsOf('order.placed')).toContainEqual({ path: 'items', label: 'Items', kind: 'list' });
  expect(hasField('order.placed', 'nonsense')).toBe(false);
  expect(hasField('order.placed', 'total.amount')).toBe(true);
  expect(hasField('custom.deploy', 'attributes.Anything')).toBe(true);
});

test('an event reads as a sentence, as rows and as a link', () => {
  expect(sentenceOf(order)).toBe('Shop placed order 1001 of Acme: 25.50 USD');
  expect(factRows(order)).toEqual([
    { label: 'Order', value: '1001' },
    { label: 'Client', value: 'Acme' },
    { label: 'Total', value: '25.50 USD' },
    { label: 'Items', value: 'Hosting, Domain' },
  ]);
  expect(linkOf(order)).toBe('https://shop.example/1001');
  expect(sentenceOf(deploy)).toBe('Deployed 4.2');
  expect(factRows(deploy)).toEqual([
    { label: 'Region', value: 'North' },
    { label: 'Took.s', value: '12' },
  ]);
});

test('an event whose facts are of an older version is told by its type', () => {
  const old = { ...order, facts: { order: 7 } };
  expect(sentenceOf(old)).toBe('Shop order.placed');
  expect(linkOf({ ...old, facts: { url: 'javascript:alert(1)' } })).toBeUndefined();
});

test('a text of one’s own has facts in its braces and nothing else', () => {
  expect(filled('{client} paid {total} for {items} ({total.amount}), {actor}; {nothing}{constructor}{{client}}', order)).toBe(
    'Acme paid 25.50 USD for Hosting, Domain (25.5), Shop; {Acme}',
  );
  expect(filled('{attributes.Region}/{attributes.Took.s}', deploy)).toBe('North/12');
  expect(sayingOf(order, { text: null, test: true }).title).toBe('[Test] Shop placed order 1001 of Acme: 25.50 USD');
});

test('a rule reads as one sentence', () => {
  const rule = {
    events: ['order.placed', 'custom.*'],
    match: 'all' as const,
    conditions: [{ field: 'total.amount', operator: 'greater' as const, value: 25 }],
    targets: [{ provider: 'slack', target: {}, label: '#sales' }],
    pacing: UNPACED,
  };
  const sentence = 'When an order was placed or any event of your own happened and total amount is greater than 25, send to Slack #sales';
  expect(ruleSentence(rule)).toBe(`${sentence}.`);
  expect(
    ruleSentence({
      ...rule,
      pacing: { quiet: { from: '22:00', to: '07:00', then: 'hold' }, throttle: { most: 5, minutes: 10 }, digest: null },
    }),
  ).toBe(`${sentence}, but at most 5 in 10 min, and not from 22:00 to 07:00 (it is sent later).`);
  expect(ruleSentence({ ...rule, pacing: { ...UNPACED, digest: { every: 'day', at: '08:00' } } })).toBe(
    `${sentence}, but once a day at 08:00, all together.`,
  );
  const several = {
    ...rule,
    events: ['order.placed'],
    conditions: [],
    targets: [
      ...rule.targets,
      { provider: 'email', target: {}, label: 'a@northwind.example' },
      { provider: 'webhook', target: {}, label: 'shop.example/hooks' },
    ],
  };
  expect(ruleSentence(several)).toBe(
    'When an order was placed, send to Slack #sales, Email a@northwind.example and Webhook shop.example/hooks.',
  );
  expect(inLanguage('de', () => ruleSentence(several))).toMatch(
    /dann senden an Slack #sales, \S+ a@northwind\.example und Webhook shop\.example\/hooks\.$/,
  );
});
