import type { Condition, ConditionGroup } from '#contract/notifications.ts';
import type { Result } from './api.ts';
import { ruleBuilder } from './words/en/rule-builder.ts';

type Catalogue = Result<'GET /notification-rules/catalogue'>;
export type CatalogueEvent = Catalogue['events'][number];
/** The departments, roles and people there are, as far as one may see them. */
export type KnownNames = Catalogue['names'];
export type CatalogueField = CatalogueEvent['fields'][number];
type Kind = CatalogueField['kind'];
type Operator = Condition['operator'];

/** A condition while it is being written: its value is text, as it stands in the field. */
export interface Clause {
  /** For the page alone. */
  key: number;
  field: string;
  operator: Operator;
  value: string;
}

/** Conditions that count as one. */
export interface ClauseGroup {
  /** For the page alone. */
  key: number;
  match: ConditionGroup['match'];
  clauses: Clause[];
}
export type ClauseOrGroup = Clause | ClauseGroup;
export const isGroup = (item: ClauseOrGroup): item is ClauseGroup => 'clauses' in item;

const OPERATORS: Record<Kind, readonly Operator[]> = {
  money: ['greater', 'less', 'is', 'exists'],
  department: ['is', 'is-not', 'in', 'contains', 'exists'],
  role: ['is', 'is-not', 'in', 'contains', 'exists'],
  person: ['is', 'is-not', 'in', 'contains', 'exists'],
  text: ['is', 'is-not', 'contains', 'in', 'exists'],
  number: ['greater', 'less', 'is', 'is-not', 'exists'],
  boolean: ['is', 'exists'],
  choice: ['is', 'is-not', 'in', 'exists'],
  list: ['contains', 'exists'],
};
/** What can be asked of a fact of a kind, the likeliest first. */
export const operatorsFor = (kind: Kind): readonly Operator[] => OPERATORS[kind];

/** The facts that some of the events have, each once. */
export const fieldsOf = (events: readonly CatalogueEvent[]): CatalogueField[] => [
  ...new Map(events.flatMap(({ fields }) => fields).map(field => [field.path, field])).values(),
];

/** The fact at a path. Programs may ask for one half of a sum, whichever its other half is. */
export function fieldAt(fields: readonly CatalogueField[], path: string): CatalogueField | undefined {
  const whole = fields.find(field => field.path === path);
  if (whole) return whole;
  const [, sum, half] = /^(.+)\.(amount|currency)$/.exec(path) ?? [];
  const money = fields.find(field => field.path === sum && field.kind === 'money');
  if (!money) return undefined;
  const { amount, currency } = ruleBuilder;
  const [name, kind] = half === 'amount' ? ([amount, 'number'] as const) : ([currency, 'text'] as const);
  return { path, label: `${money.label}: ${name}`, kind };
}

/** As it stands in a field: several with commas between, an amount before its currency. */
function textOf(value: Condition['value'], operator: Operator): string {
  if (value === undefined) return operator === 'exists' ? 'true' : '';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? `${value.amount} ${value.currency}` : String(value);
}
/** The two halves of a money clause's text, as they are typed. */
export function moneyParts(text: string): { amount: string; currency: string } {
  const [amount = '', currency = ''] = text.split(' ');
  return { amount, currency };
}
/** Half of one is text, for the server to name. */
function moneyIn(text: string): Condition['value'] {
  const { amount, currency } = moneyParts(text);
  return amount !== '' && Number.isFinite(Number(amount)) && currency !== '' ? { amount: Number(amount), currency } : text;
}

let keys = 0;
export const clauseOf = ({ field, operator, value }: Condition): Clause => ({
  key: (keys += 1),
  field,
  operator,
  value: textOf(value, operator),
});

/** A condition or a group while it is being written. */
export const itemOf = (one: Condition | ConditionGroup): ClauseOrGroup =>
  'conditions' in one ? { key: (keys += 1), match: one.match, clauses: one.conditions.map(clauseOf) } : clauseOf(one);
/** In a group among conditions that all have to hold, one of several is what people mean. */
export const emptyGroup = (clauses: Clause[]): ClauseGroup => ({ key: (keys += 1), match: 'any', clauses });

/** A new condition about a fact, with nothing in it yet. */
export function emptyClause({ path, kind, choices }: CatalogueField): Clause {
  const [operator = 'is'] = operatorsFor(kind);
  return { key: (keys += 1), field: path, operator, value: kind === 'boolean' ? 'true' : (choices?.[0] ?? '') };
}

/** What is asked, typed by the kind of its fact. A number that is none stays text, for the server to name. */
export function conditionOf({ field, operator, value }: Clause, kind: Kind | undefined): Condition {
  const text = value.trim();
  if (operator === 'exists') return { field, operator, value: text !== 'false' };
  if (operator === 'in')
    return {
      field,
      operator,
      value: text
        .split(',')
        .map(one => one.trim())
        .filter(Boolean),
    };
  if (kind === 'boolean') return { field, operator, value: text === 'true' };
  if (kind === 'money') return { field, operator, value: moneyIn(text) };
  const number = Number(text);
  return { field, operator, value: kind === 'number' && text !== '' && Number.isFinite(number) ? number : text };
}

/** What is asked by all of them, each typed by the kind of its fact. A group without conditions asks nothing. */
export const conditionsOf = (items: readonly ClauseOrGroup[], fields: readonly CatalogueField[]): (Condition | ConditionGroup)[] => {
  const typed = (clause: Clause): Condition => conditionOf(clause, fieldAt(fields, clause.field)?.kind);
  return items
    .filter(item => !isGroup(item) || item.clauses.length > 0)
    .map(item => (isGroup(item) ? { match: item.match, conditions: item.clauses.map(typed) } : typed(item)));
};

/** Whether everything that it asks for is there. */
export const isWhole = (item: ClauseOrGroup): boolean =>
  isGroup(item) ? item.clauses.every(isWhole) : item.operator === 'exists' || item.value.trim() !== '';

/** Another comparison of the same fact; a value that no longer fits goes. */
export function withOperator(clause: Clause, operator: Operator): Clause {
  const wasWord = clause.operator === 'exists';
  const isWord = operator === 'exists';
  return { ...clause, operator, value: isWord ? 'true' : wasWord ? '' : clause.value };
}
