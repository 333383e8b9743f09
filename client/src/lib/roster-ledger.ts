import type { RosterDiff, RosterRow, RosterSnapshot } from '#contract/presence.ts';

/** The roster at one version. Never changed: each difference makes a new one. */
export interface Ledger {
  readonly epoch: string;
  readonly version: number;
  /** How many are online; more than `people` where there are too many to list. */
  readonly total: number;
  readonly people: ReadonlyMap<string, RosterRow>;
}

export const ledgerOf = ({ epoch, version, total, people }: RosterSnapshot): Ledger => ({
  epoch,
  version,
  total,
  people: new Map(people.map(row => [row.id, row])),
});

/** Whether `next` may stand in for `held`: versions count within one epoch, and epochs have no order. */
export const supersedes = (next: Ledger, held: Ledger | undefined): boolean => next.epoch !== held?.epoch || next.version > held.version;

/** The ledger after a difference; the same one if it knew that already; `gap` if something in between was missed. */
export function after(held: Ledger, { epoch, version, changed, gone }: RosterDiff): Ledger | 'gap' {
  if (epoch !== held.epoch || version > held.version + 1) return 'gap';
  if (version <= held.version) return held;
  const people = new Map(held.people);
  for (const row of changed) people.set(row.id, row);
  for (const id of gone) people.delete(id);
  const unlisted = held.total - held.people.size;
  return { epoch, version, total: people.size + unlisted, people };
}
