import { page } from '$app/state';
import { askedIn, oneOf } from '#lib/list-address.ts';

/** The parts of a rule in the order in which they are written; the last is its name, and what was made of it. */
export const CLAUSES = ['when', 'if', 'sendTo', 'say', 'but', 'save'] as const;
export type ClauseName = (typeof CLAUSES)[number];

/** The one that a phone shows. It stands in the address, so that going back goes to the one before. */
export const clauseShown = (): ClauseName => oneOf(CLAUSES, askedIn(page.url, 'clause')) ?? 'when';

const CLAUSE_OF: Readonly<Record<string, ClauseName>> = {
  events: 'when',
  match: 'if',
  conditions: 'if',
  targets: 'sendTo',
  text: 'say',
  pacing: 'but',
  name: 'save',
};
/** Where something is wrong. @param fields what is wrong, by path */
export const clausesAtFault = (fields: Readonly<Record<string, string>>): ReadonlySet<ClauseName> =>
  new Set(Object.keys(fields).flatMap(path => CLAUSE_OF[path.split('.')[0] ?? ''] ?? []));
