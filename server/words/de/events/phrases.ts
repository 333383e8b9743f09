import { factNames } from '#contract/words/de/facts.ts';

/** The fields that changed, by their names. */
export const changed = (changes: Record<string, unknown>): string =>
  Object.keys(changes)
    .map(name => (Object.hasOwn(factNames, name) ? factNames[name] : name))
    .join(', ');

/** A count with its noun. */
export const among = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
