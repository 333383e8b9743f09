import type { RuleInput } from '#contract/notifications.ts';

interface Kept {
  /** When it was kept, in ms since 1970. */
  at: number;
  input: RuleInput;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCondition = (one: unknown): boolean => isObject(one) && typeof one['field'] === 'string' && typeof one['operator'] === 'string';
const isMatch = (value: unknown): boolean => value === 'all' || value === 'any';
const isGroup = (one: unknown): boolean =>
  isObject(one) && isMatch(one['match']) && Array.isArray(one['conditions']) && one['conditions'].every(isCondition);
const isTarget = (one: unknown): boolean => isObject(one) && typeof one['provider'] === 'string' && isObject(one['target']);
const isPart = (value: unknown): boolean => value === null || isObject(value);
const isPacing = (value: unknown): boolean =>
  isObject(value) && isPart(value['quiet']) && isPart(value['throttle']) && isPart(value['digest']);
/** What was kept may be of an older version, or somebody's joke. */
const isInput = (value: unknown): value is RuleInput =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['enabled'] === 'boolean' &&
  Array.isArray(value['events']) &&
  value['events'].every(type => typeof type === 'string') &&
  isMatch(value['match']) &&
  Array.isArray(value['conditions']) &&
  value['conditions'].every(one => isCondition(one) || isGroup(one)) &&
  Array.isArray(value['targets']) &&
  value['targets'].length > 0 &&
  value['targets'].every(isTarget) &&
  (value['text'] === null || typeof value['text'] === 'string') &&
  isPacing(value['pacing']);

/** What was typed and not saved, on this device, so that a closed tab loses nothing. @param person whose it is @param rule its id, or `new` */
export class KeptDraft {
  readonly #key: string;

  constructor(person: string, rule: string) {
    this.#key = `rule-draft:${person}:${rule}`;
  }

  read(): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
      return isObject(kept) && typeof kept['at'] === 'number' && isInput(kept['input'])
        ? { at: kept['at'], input: kept['input'] }
        : undefined;
    } catch {
      return undefined;
    }
  }

  write(input: RuleInput): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ at: Date.now(), input } satisfies Kept));
    } catch {
      // Without storage nothing is kept; the page still asks before it is left.
    }
  }

  drop(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Nothing was kept.
    }
  }
}
