/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole, or nothing draws them */
import type { ActivityEntry, ActivityFilter } from '#contract/activity.ts';

const FAMILIES: readonly string[] = ['security', 'staff', 'system', 'business', 'custom'] satisfies ActivityEntry['family'][];
export const isFamily = (word: string | undefined): word is ActivityEntry['family'] => word !== undefined && FAMILIES.includes(word);
/** Every name that a filter may have in an address. */
export const FILTERS = [
  'family',
  'type',
  'actor',
  'object',
  'address',
  'session',
  'from',
  'to',
  'search',
] as const satisfies (keyof ActivityFilter)[];

/** Rows kept while the page stays open; older ones are a page further. */
const MOST = 500;

/** The newest end of the activity log: by number, newest first, each once. What must not move the page waits until it is asked for. */
export class ActivityTail {
  #entries = $state.raw<readonly ActivityEntry[]>([]);
  #waiting = $state.raw<readonly ActivityEntry[]>([]);
  #arrived = $state.raw<ReadonlySet<number>>(new Set());
  /** Between what is shown and what waits something was missed: the one replaces the other. */
  #torn = false;

  constructor(entries: readonly ActivityEntry[]) {
    this.#entries = merged(entries, []);
  }

  get entries(): readonly ActivityEntry[] {
    return this.#entries;
  }
  /** How many came and are not shown yet. */
  get waiting(): number {
    return this.#waiting.length;
  }
  /** Whether it was shown by itself, not with the page. */
  hasArrived(seq: number): boolean {
    return this.#arrived.has(seq);
  }

  /** Takes entries that came by the link. */
  add(entries: readonly ActivityEntry[], hold: boolean): void {
    const fresh = entries.filter(({ seq }) => !this.#knows(seq));
    if (fresh.length === 0) return;
    this.#waiting = merged(this.#waiting, fresh);
    if (!hold) this.reveal();
  }

  /** Takes the newest page of the log, asked for after something may have been missed. `whole`: there is nothing older. */
  catchUp(page: readonly ActivityEntry[], whole: boolean, hold: boolean): void {
    if (!whole && !page.some(({ seq }) => this.#knows(seq))) {
      this.#torn = true;
      this.#waiting = [];
    }
    this.add(page, hold);
  }

  /** Shows what waits. */
  reveal(): void {
    if (this.#waiting.length === 0) return;
    this.#arrived = new Set(this.#waiting.map(({ seq }) => seq));
    this.#entries = merged(this.#torn ? [] : this.#entries, this.#waiting).slice(0, MOST);
    this.#waiting = [];
    this.#torn = false;
  }

  #knows(seq: number): boolean {
    return this.#waiting.some(entry => entry.seq === seq) || (!this.#torn && this.#entries.some(entry => entry.seq === seq));
  }
}

const merged = (some: readonly ActivityEntry[], others: readonly ActivityEntry[]): ActivityEntry[] =>
  [...new Map([...some, ...others].map(entry => [entry.seq, entry])).values()].sort((a, b) => b.seq - a.seq);

/** Whether an entry that came by the link belongs to what is shown; words are looked for where the server looks for them. */
export function matches(filter: ActivityFilter, entry: ActivityEntry): boolean {
  const { family, type, actor, object, address, session, from, to, search } = filter;
  const wanted = search?.toLowerCase();
  const looked = [entry.actor.name, entry.type, JSON.stringify(entry.facts)];
  return (
    (family === undefined || entry.family === family) &&
    (type === undefined || entry.type === type) &&
    (actor === undefined || entry.actor.id === actor) &&
    (object === undefined || entry.actor.id === object || Object.values(entry.facts).includes(object)) &&
    (address === undefined || entry.address === address) &&
    (session === undefined || entry.session === session) &&
    (from === undefined || Date.parse(entry.at) >= Date.parse(from)) &&
    (to === undefined || Date.parse(entry.at) < Date.parse(to)) &&
    (wanted === undefined || looked.some(text => text.toLowerCase().includes(wanted)))
  );
}
