import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '#contract/notifications.ts';
import {
  clauseOf,
  conditionOf,
  conditionsOf,
  emptyClause,
  emptyGroup,
  fieldAt,
  fieldsOf,
  isWhole,
  itemOf,
  operatorsFor,
  withOperator,
  type CatalogueField,
} from '#lib/rule-clauses.ts';

const kinds = ['text', 'number', 'money', 'boolean', 'choice', 'list', 'department', 'role', 'person'] as const;
const word = fc.stringMatching(/^[a-z]([a-z ]{0,8}[a-z])?$/);
const valueOf = (operator: Condition['operator'], kind: (typeof kinds)[number]): fc.Arbitrary<Condition['value']> => {
  if (operator === 'exists') return fc.boolean();
  if (operator === 'in') return fc.array(word, { minLength: 1, maxLength: 4 });
  if (kind === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => (number === 0 ? 0 : number));
  if (kind === 'money') return fc.record({ amount: fc.integer({ min: -1000, max: 1000 }), currency: fc.constantFrom('USD', 'EUR') });
  return kind === 'boolean' ? fc.boolean() : word;
};
const conditions = fc
  .constantFrom(...kinds)
  .chain(kind =>
    fc
      .constantFrom(...operatorsFor(kind))
      .chain(operator => valueOf(operator, kind).map(value => ({ kind, condition: { field: 'fact', operator, value } }))),
  );

test('a stored condition, opened and not touched, is sent as it was', () => {
  fc.assert(
    fc.property(conditions, ({ kind, condition }) => {
      const clause = clauseOf(condition);
      expect(isWhole(clause)).toBe(true);
      expect(conditionOf(clause, kind)).toEqual(condition);
    }),
  );
});

test('stored groups, opened and not touched, are sent as they were; one that was emptied asks nothing', () => {
  const group = fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    members: fc.array(conditions, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(group, { maxLength: 3 }), groups => {
      const members = groups.flatMap(({ members }) => members);
      const fields = members.map(({ kind }, i): CatalogueField => ({ path: `fact${i}`, label: 'Fact', kind }));
      let at = 0;
      const stored = groups.map(({ match, members }) => ({
        match,
        conditions: members.map(({ condition }) => ({ ...condition, field: `fact${at++}` })),
      }));
      const items = stored.map(itemOf);
      expect(items.every(isWhole)).toBe(true);
      expect(conditionsOf(items, fields)).toEqual(stored);
    }),
  );
  expect(conditionsOf([emptyGroup([])], [])).toEqual([]);
});

test('a number that is none stays text, so that the server can name it', () => {
  const clause = { key: 1, field: 'total.amount', operator: 'greater' as const, value: 'twenty' };
  expect(conditionOf(clause, 'number').value).toBe('twenty');
  expect(conditionOf({ ...clause, value: ' 20.5 ' }, 'number').value).toBe(20.5);
});

test('an amount without its currency stays text, and is not whole without an amount', () => {
  const clause = { key: 1, field: 'total', operator: 'greater' as const, value: '25 ' };
  expect(conditionOf(clause, 'money').value).toBe('25');
  expect(conditionOf({ ...clause, value: '25.5 EUR' }, 'money').value).toEqual({ amount: 25.5, currency: 'EUR' });
});

test('half of a sum, which a program asked for, is a fact with a name and a kind of its own', () => {
  const fields: CatalogueField[] = [{ path: 'total', label: 'Total', kind: 'money' }];
  expect(fieldAt(fields, 'total')).toBe(fields[0]);
  expect(fieldAt(fields, 'total.amount')).toEqual({ path: 'total.amount', label: 'Total: Amount', kind: 'number' });
  expect(fieldAt(fields, 'total.currency')?.kind).toBe('text');
  expect(fieldAt(fields, 'total.tax')).toBeUndefined();
  expect(fieldAt(fields, 'client.amount')).toBeUndefined();
});

test('a condition without a value is not whole; whether a fact is there needs none', () => {
  const clause = { key: 1, field: 'client', operator: 'is' as const, value: ' ' };
  expect(isWhole(clause)).toBe(false);
  expect(isWhole({ ...clause, operator: 'exists' })).toBe(true);
});

test('another comparison keeps the value where it still means something', () => {
  const clause = { key: 1, field: 'client', operator: 'is' as const, value: 'Acme' };
  expect(withOperator(clause, 'contains').value).toBe('Acme');
  const exists = withOperator(clause, 'exists');
  expect(conditionOf(exists, 'text').value).toBe(true);
  expect(withOperator(exists, 'is').value).toBe('');
});

test('a new condition begins with what its fact can be', () => {
  const field = (change: Partial<CatalogueField>): CatalogueField => ({ path: 'x', label: 'X', kind: 'text', ...change });
  expect(emptyClause(field({ kind: 'number' }))).toMatchObject({ operator: 'greater', value: '' });
  expect(emptyClause(field({ kind: 'choice', choices: ['high', 'low'] }))).toMatchObject({ operator: 'is', value: 'high' });
  expect(conditionOf(emptyClause(field({ kind: 'boolean' })), 'boolean').value).toBe(true);
});

test('a fact that several events have is offered once', () => {
  const client: CatalogueField = { path: 'client', label: 'Client', kind: 'text' };
  const event = { type: 't', label: 'T', family: 'business', fields: [client] };
  expect(fieldsOf([event, { ...event, type: 'u' }])).toEqual([client]);
});
