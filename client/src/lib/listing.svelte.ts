/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole */
import { Reading } from './reading.svelte.ts';

/** What is listed: a page of rows, and how many there are in all. */
export interface Listed {
  items: readonly unknown[];
  total: number;
}

/**
 * A page of a list that is read again when something may have changed. Rows that changed in place are shown at once and tinted;
 * what would move rows waits while somebody points at them.
 */
export class Listing<Page extends Listed> {
  readonly #reading: Reading<Page>;
  readonly #id: (row: Page['items'][number]) => string;
  #shown: Page;
  #arrived = $state.raw<ReadonlySet<string>>(new Set());

  /** @param first the first answer. @param read asks again. @param id what a row is known by */
  constructor(first: Page, read: () => Promise<Page>, id: (row: Page['items'][number]) => string) {
    this.#reading = new Reading(first, read);
    this.#shown = $state.raw(first);
    this.#id = id;
  }

  get page(): Page {
    return this.#shown;
  }
  get at(): number {
    return this.#reading.at;
  }
  get failure() {
    return this.#reading.failure;
  }
  get refreshing(): boolean {
    return this.#reading.refreshing;
  }
  /** How many rows came, went or changed and are not shown yet. */
  get waiting(): number {
    return this.#differences(this.#shown, this.#reading.value).size;
  }
  /** Whether a row came or changed by itself, not with the page. */
  hasArrived(row: Page['items'][number]): boolean {
    return this.#arrived.has(this.#id(row));
  }

  /** @param busy whether somebody reads or points at the rows when the answer is there */
  async refresh(busy: () => boolean): Promise<void> {
    await this.#reading.refresh();
    if (this.#moves() && busy()) return;
    this.reveal();
  }

  /** Shows what waits. */
  reveal(): void {
    const next = this.#reading.value;
    if (next === this.#shown) return;
    this.#arrived = this.#differences(this.#shown, next);
    this.#shown = next;
  }

  #moves(): boolean {
    const ids = (page: Page) => page.items.map(this.#id).join(' ');
    return ids(this.#shown) !== ids(this.#reading.value);
  }

  #differences(before: Page, after: Page): Set<string> {
    if (before === after) return new Set();
    const [old, fresh] = [this.#texts(before), this.#texts(after)];
    return new Set([...old.keys(), ...fresh.keys()].filter(id => old.get(id) !== fresh.get(id)));
  }

  #texts(page: Page): Map<string, string> {
    return new Map(page.items.map(row => [this.#id(row), JSON.stringify(row)]));
  }
}
