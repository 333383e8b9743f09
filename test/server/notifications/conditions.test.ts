import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Condition, operators } from '#contract/notifications.ts';
import { clauseWords, evaluate, factAt, holds } from '#server/notifications/conditions.ts';

const facts = {
  client: 'Acme Ltd',
  total: { amount: 25.5, currency: 'USD' },
  items: ['Hosting', 'Domain'],
  years: 2,
  urgent: true,
  note: '',
  'a.b': { c: 'deep' },
  attributes: { Region: 'North', Size: '12.5' },
};
const about = (field: string, operator: Condition['operator'], value?: Condition['value']): Condition => ({
  field,
  operator,
  ...(value === undefined ? {} : { value }),
});

test.for<[Condition, boolean]>([
  [about('client', 'is', ' acme LTD '), true],
  [about('client', 'is', 'Acme'), false],
  [about('client', 'contains', 'acme'), true],
  [about('client', 'is-not', 'Globex'), true],
  [about('client', 'in', ['Globex', 'ACME ltd']), true],
  [about('client', 'greater', 3), false],
  [about('total.amount', 'greater', 25), true],
  [about('total.amount', 'greater', 25.5), false],
  [about('total.amount', 'less', '26'), true],
  [about('total.amount', 'is', '25.50'), true],
  [about('total.currency', 'is', 'usd'), true],
  [about('items', 'is', 'domain'), true],
  [about('items', 'contains', 'host'), true],
  [about('items', 'is-not', 'Hosting'), false],
  [about('urgent', 'is', true), true],
  [about('urgent', 'is', 'true'), true],
  [about('note', 'exists'), false],
  [about('note', 'exists', false), true],
  [about('years', 'exists', true), true],
  [about('nothing', 'is', 'undefined'), false],
  [about('nothing', 'is-not', 'x'), true],
  [about('nothing', 'contains', ''), false],
  [about('a.b.c', 'is', 'deep'), true],
  [about('attributes.Region', 'is', 'north'), true],
  [about('attributes.Size', 'greater', 12), true],
])('%j is %s', ([condition, expected]) => {
  expect(holds(condition, facts)).toBe(expected);
});

test('inherited names are no facts', () => {
  for (const field of ['constructor', '__proto__', 'toString', 'client.length', 'total.constructor.name']) {
    expect(factAt(facts, field)).toBeUndefined();
    expect(holds(about(field, 'exists'), facts)).toBe(false);
  }
});

const anything = fc.anything({ withNullPrototype: true, maxDepth: 2 });
const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const condition = fc.record<Condition>(
  {
    field: fc.oneof(fc.constantFrom('a', 'b', 'a.b'), fc.string({ minLength: 1, maxLength: 20 })),
    operator: fc.constantFrom(...operators),
    value,
  },
  { requiredKeys: ['field', 'operator'] },
);
const someFacts = fc.dictionary(fc.constantFrom('a', 'b', 'a.b', 'c'), fc.jsonValue());

test('answers whatever it is given, and says why', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('all' as const, 'any' as const),
      fc.array(condition, { maxLength: 4 }),
      fc.oneof(someFacts, fc.dictionary(fc.string(), anything)),
      (match, conditions, given) => {
        const { matched, because } = evaluate({ match, conditions }, given);
        const each = conditions.map(one => holds(one, given));
        expect(matched).toBe(conditions.length === 0 || (match === 'all' ? each.every(Boolean) : each.some(Boolean)));
        expect(because).toMatch(/\.$/);
      },
    ),
  );
});

test('a group counts as one condition, and its words stand in brackets', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('all' as const, 'any' as const),
      fc.constantFrom('all' as const, 'any' as const),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      condition,
      someFacts,
      (match, inner, conditions, other, given) => {
        const group = evaluate({ match: inner, conditions }, given).matched;
        const single = holds(other, given);
        expect(evaluate({ match, conditions: [other, { match: inner, conditions }] }, given).matched).toBe(
          match === 'all' ? group && single : group || single,
        );
      },
    ),
  );
  const either = { match: 'any' as const, conditions: [about('client', 'is', 'Contoso'), about('client', 'is', 'Initech')] };
  const rule = { match: 'all' as const, conditions: [about('total.amount', 'greater', 1), either] };
  expect(clauseWords(rule)).toBe('total amount is greater than 1 and (client is Contoso or client is Initech)');
  expect(evaluate(rule, facts).because).toBe('It asks that client is Contoso or client is Initech, but client is Acme Ltd.');
});

test('a condition and its opposite never hold together', () => {
  fc.assert(
    fc.property(condition, someFacts, ({ field, value = 'x' }, given) => {
      expect(holds({ field, operator: 'is', value }, given)).not.toBe(holds({ field, operator: 'is-not', value }, given));
      expect(holds({ field, operator: 'exists' }, given)).not.toBe(holds({ field, operator: 'exists', value: false }, given));
    }),
  );
});

test('of two figures one is greater, or they are the same', () => {
  const figure = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(figure, figure, (fact, than) => {
      const said = (['greater', 'less', 'is'] as const).filter(operator => holds({ field: 'n', operator, value: than }, { n: fact }));
      expect(said).toHaveLength(1);
    }),
  );
});

test('says which condition decided', () => {
  const rule = { match: 'all' as const, conditions: [about('client', 'is', 'Acme Ltd'), about('total.amount', 'greater', 100)] };
  expect(evaluate(rule, facts)).toEqual({
    matched: false,
    because: 'It asks that total amount is greater than 100, but total amount is 25.5.',
  });
  expect(evaluate({ ...rule, match: 'any' }, facts).because).toBe('It holds that client is Acme Ltd.');
  expect(evaluate(rule, {}).because).toBe('It asks that client is Acme Ltd, but client is not there.');
});

test('money is compared within its currency alone', () => {
  const cents = fc.integer({ min: -100_000, max: 100_000 }).map(all => all / 100);
  fc.assert(
    fc.property(cents, cents, fc.constantFrom('USD', 'EUR'), fc.constantFrom('USD', 'EUR'), (mine, theirs, one, other) => {
      const facts = { total: { amount: mine, currency: one } };
      const says = (operator: 'greater' | 'less' | 'is'): boolean =>
        holds({ field: 'total', operator, value: { amount: theirs, currency: other } }, facts);
      expect([says('greater'), says('less'), says('is')]).toEqual(
        one === other ? [mine > theirs, mine < theirs, mine === theirs] : [false, false, false],
      );
    }),
  );
  const dear = { field: 'total', operator: 'greater' as const, value: { amount: 100, currency: 'USD' } };
  expect(evaluate({ match: 'all', conditions: [dear] }, { total: { amount: 25, currency: 'EUR' } }).because).toBe(
    'It asks that total is greater than 100.00 USD, but total is 25.00 EUR.',
  );
});
