import { type Money, money } from '#contract/events/event.ts';
import type { Condition, ConditionGroup } from '#contract/notifications.ts';
import { factWords } from '../words/events.ts';
import { sumInWords } from '../words/moments.ts';
import { type Sentence, say } from '../words/say.ts';

export type Facts = Readonly<Record<string, unknown>>;
export interface Conditions {
  match: 'all' | 'any';
  conditions: readonly (Condition | ConditionGroup)[];
}
/** Whether conditions hold, and which one decided it. */
export interface Verdict {
  matched: boolean;
  because: string;
}

export const isRecord = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fact at a path such as `total.amount`; a name may itself have a dot in it. Inherited names are no facts. */
export function factAt(facts: unknown, path: string): unknown {
  if (!isRecord(facts)) return undefined;
  if (Object.hasOwn(facts, path)) return facts[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(facts, head)) continue;
    const found = factAt(facts[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An amount in its currency; of two currencies neither is more. */
const moneyOf = (value: unknown): Money | undefined => money.safeParse(value).data;

const isMissing = (fact: unknown): boolean =>
  fact === undefined || fact === null || fact === '' || (Array.isArray(fact) && fact.length === 0);
/** Words are compared as people read them: without regard to case and to space around them. What is no text is read as its JSON, since some objects have no text of their own. */
const plain = (value: unknown): string =>
  (typeof value === 'string' ? value : `${JSON.stringify(value)}`).trim().normalize('NFC').toLowerCase();

/** A number, or a text that is one; forms and programs write figures both ways. */
function figure(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function same(fact: unknown, value: unknown): boolean {
  const price = moneyOf(value);
  if (price) return compares(fact, price, (a, b) => a === b);
  const [a, b] = [figure(fact), figure(value)];
  if (a !== undefined && b !== undefined && (typeof fact === 'number' || typeof value === 'number')) return a === b;
  return plain(fact) === plain(value);
}
function compares(fact: unknown, value: unknown, by: (a: number, b: number) => boolean): boolean {
  const [mine, theirs] = [moneyOf(fact), moneyOf(value)];
  if (mine && theirs) return mine.currency === theirs.currency && by(mine.amount, theirs.amount);
  const [a, b] = [figure(fact), figure(value)];
  return a !== undefined && b !== undefined && by(a, b);
}

type Test = (fact: unknown, value: unknown) => boolean;
/** What each operator says of one value that is there. */
const tests: Record<Exclude<Condition['operator'], 'exists' | 'is-not'>, Test> = {
  is: same,
  contains: (fact, value) => plain(fact).includes(plain(value)),
  greater: (fact, value) => compares(fact, value, (a, b) => a > b),
  less: (fact, value) => compares(fact, value, (a, b) => a < b),
  in: (fact, value) => (Array.isArray(value) ? value : [value]).some(one => same(fact, one)),
};

/** Whether one condition holds. Of a list it is enough that one of its values does; of a fact that is missing nothing holds but "is not". */
export function holds({ field, operator, value }: Condition, facts: Facts): boolean {
  const fact = factAt(facts, field);
  if (operator === 'exists') return isMissing(fact) === (value === false);
  if (operator === 'is-not') return !holds({ field, operator: 'is', value }, facts);
  if (isMissing(fact) || value === undefined) return false;
  return (Array.isArray(fact) ? fact : [fact]).some(one => tests[operator](one, value));
}

const isGroup = (one: Condition | ConditionGroup): one is ConditionGroup => 'conditions' in one;
const oneHolds = (one: Condition | ConditionGroup, facts: Facts): boolean =>
  isGroup(one) ? evaluate(one, facts).matched : holds(one, facts);

/** Whether a rule's conditions hold. Without any, they do. */
export function evaluate({ match, conditions }: Conditions, facts: Facts): Verdict {
  if (conditions.length === 0) return { matched: true, because: say('It has no conditions.') };
  const deciding = conditions.find(one => oneHolds(one, facts) === (match === 'any'));
  if (match === 'all')
    return deciding ? { matched: false, because: denial(deciding, facts) } : { matched: true, because: say('All its conditions hold.') };
  return deciding
    ? { matched: true, because: say('It holds that {condition}.', { condition: conditionWords(deciding) }) }
    : { matched: false, because: say('None of its conditions holds.') };
}

const CLAUSES = {
  is: '{fact} is {value}',
  'is-not': '{fact} is not {value}',
  contains: '{fact} contains {value}',
  greater: '{fact} is greater than {value}',
  less: '{fact} is less than {value}',
  in: '{fact} is one of {value}',
} as const satisfies Record<Exclude<Condition['operator'], 'exists'>, Sentence>;
function valueWords(value: unknown): string {
  const price = moneyOf(value);
  if (price) return sumInWords(price);
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

/** Conditions as clauses: `client is Acme Ltd or total is greater than 25 USD`. A group is told apart by its brackets. */
export function clauseWords({ match, conditions }: Conditions): string {
  return conditions
    .map(one => (isGroup(one) && one.conditions.length > 1 ? `(${conditionWords(one)})` : conditionWords(one)))
    .join(match === 'all' ? say(' and ') : say(' or '));
}
/** A condition or a group as a clause: `total amount is greater than 25`. */
function conditionWords(one: Condition | ConditionGroup): string {
  if (isGroup(one)) return clauseWords(one);
  const { field, operator, value } = one;
  const fact = factWords(field);
  if (operator === 'exists') return value === false ? say('{fact} is not there', { fact }) : say('{fact} is there', { fact });
  return say(CLAUSES[operator], { fact, value: valueWords(value) });
}
/** What is there instead of what a condition asks for. */
function foundWords({ field }: Condition, facts: Facts): string {
  const [there, fact] = [factAt(facts, field), factWords(field)];
  if (isMissing(there)) return say('{fact} is not there', { fact });
  return isRecord(there) && !moneyOf(there)
    ? say('{fact} is no single value', { fact })
    : say('{fact} is {value}', { fact, value: valueWords(there) });
}
function denial(one: Condition | ConditionGroup, facts: Facts): string {
  const lacking = isGroup(one) ? one.conditions.filter(condition => !holds(condition, facts)) : [one];
  const found = [...new Set(lacking.map(condition => foundWords(condition, facts)))].join(say(' and '));
  return say('It asks that {condition}, but {found}.', { condition: conditionWords(one), found });
}
