import type { RosterDiff, RosterRow, RosterSnapshot } from '#contract/presence.ts';

/** The roster at one version. Never changed: each difference makes a new one. */
export interface Ledger {
  readonly epoch: string;
  readonly version: number;
  /** How many are online; more than `people` where there are too many to list. */
  readonly total: number;
  readonly people: ReadonlyMap<string, RosterRow>;
  /** Somebody who is not listed came or changed, and a difference does not say which: `total` may be too small. */
  readonly doubtful: boolean;
}

export const ledgerOf = ({ epoch, version, total, people }: RosterSnapshot): Ledger => ({
  epoch,
  version,
  total,
  people: new Map(people.map(row => [row.id, row])),
  doubtful: false,
});

/** Whether `next` may stand in for `held`: versions count within one epoch, and epochs have no order. */
export function supersedes(next: Ledger, held: Ledger | undefined): boolean {
  if (next.epoch !== held?.epoch) return true;
  return next.version > held.version || (next.version === held.version && held.doubtful);
}

/** The ledger after a difference; the same one if it knew that already; `gap` if something in between was missed. */
export function after(held: Ledger, { epoch, version, changed, gone }: RosterDiff): Ledger | 'gap' {
  if (epoch !== held.epoch || version > held.version + 1) return 'gap';
  if (version <= held.version) return held;
  const whole = held.total === held.people.size;
  const people = new Map(held.people);
  const listed = changed.filter(({ id }) => whole || people.has(id));
  for (const row of listed) people.set(row.id, row);
  for (const id of gone) people.delete(id);
  return {
    epoch,
    version,
    total: whole ? people.size : held.total - gone.length,
    people,
    doubtful: held.doubtful || listed.length < changed.length,
  };
}
