/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole */
import type { DeliveryRow } from '#contract/deliveries.ts';

/** What the log is narrowed to. */
export interface DeliveryFilter {
  state?: DeliveryRow['state'] | undefined;
  provider?: string | undefined;
  rule?: string | undefined;
  /** A type of event. */
  event?: string | undefined;
  /** A moment: what was made from then on. */
  from?: string | undefined;
  /** A summary or digest, of which what it tells of is shown. */
  toldBy?: string | undefined;
  search?: string | undefined;
}

/** Whether a delivery that came by the link belongs to what is shown; words are looked for where the server looks for them. */
export function belongs({ state, provider, rule, event, from, toldBy, search }: DeliveryFilter, row: DeliveryRow): boolean {
  const words = search?.toLowerCase();
  return (
    (state === undefined || row.state === state) &&
    (provider === undefined || row.provider === provider) &&
    (rule === undefined || row.rule?.id === rule) &&
    (event === undefined || row.event.type === event) &&
    (from === undefined || row.createdAt >= from) &&
    (toldBy === undefined || row.toldBy === toldBy) &&
    (words === undefined || [row.target, row.about].some(text => text.toLowerCase().includes(words)))
  );
}

const newestFirst = (a: DeliveryRow, b: DeliveryRow): number => (a.createdAt === b.createdAt ? 0 : a.createdAt < b.createdAt ? 1 : -1);

/** A page of the delivery log. Rows move through their states in place; new ones wait while somebody reads. */
export class DeliveryLog {
  #rows: readonly DeliveryRow[];
  #waiting = $state.raw<readonly DeliveryRow[]>([]);
  #arrived = $state.raw<ReadonlySet<string>>(new Set());
  #total: number;

  constructor(rows: readonly DeliveryRow[], total: number) {
    this.#rows = $state.raw(rows);
    this.#total = $state(total);
  }

  get rows(): readonly DeliveryRow[] {
    return this.#rows;
  }
  /** Of the whole log, as far as it is known. */
  get total(): number {
    return this.#total;
  }
  /** How many are new and not shown yet. */
  get waiting(): number {
    return this.#waiting.length;
  }
  hasArrived(id: string): boolean {
    return this.#arrived.has(id);
  }

  /**
   * Takes rows as the link or a new reading brings them. An older word never replaces a newer one.
   * @param isNew whether a row that is not shown belongs to what is asked for. @param hold whether new ones have to wait
   */
  take(rows: readonly DeliveryRow[], isNew: (row: DeliveryRow) => boolean, hold: boolean): void {
    const told = new Map(rows.map(row => [row.id, row]));
    const newer = (shown: DeliveryRow): DeliveryRow => {
      const next = told.get(shown.id);
      return next && next.version > shown.version ? next : shown;
    };
    const known = new Set([...this.#rows, ...this.#waiting].map(({ id }) => id));
    // One that is older than all that is shown stands on a later page.
    const oldest = this.#rows.length < this.#total ? this.#rows.at(-1)?.createdAt : undefined;
    const fresh = rows.filter(row => !known.has(row.id) && isNew(row) && (oldest === undefined || row.createdAt > oldest));
    const shown = this.#rows.map(newer);
    this.#arrived = new Set(shown.filter((row, index) => row !== this.#rows[index]).map(({ id }) => id));
    this.#rows = shown;
    this.#waiting = [...fresh, ...this.#waiting.map(newer)];
    this.#total += fresh.length;
    if (!hold) this.reveal();
  }

  /** Shows what waits. */
  reveal(): void {
    if (this.#waiting.length === 0) return;
    this.#arrived = new Set(this.#waiting.map(({ id }) => id));
    this.#rows = [...this.#waiting, ...this.#rows].sort(newestFirst);
    this.#waiting = [];
  }
}
