import { SvelteSet } from 'svelte/reactivity';

/** Which columns of a list somebody looks at, kept in this browser for each person. */
export class ColumnChoice {
  readonly #key: string;
  readonly #shown: SvelteSet<string>;

  /** @param list a name of its own. @param person whose choice it is. @param usual those shown at first */
  constructor(list: string, person: string, usual: readonly string[]) {
    this.#key = `columns:${list}:${person}`;
    this.#shown = new SvelteSet(this.#kept() ?? usual);
  }

  has(id: string): boolean {
    return this.#shown.has(id);
  }
  toggle(id: string): void {
    if (!this.#shown.delete(id)) this.#shown.add(id);
    try {
      localStorage.setItem(this.#key, [...this.#shown].join(' '));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  #kept(): string[] | undefined {
    try {
      return localStorage.getItem(this.#key)?.split(' ');
    } catch {
      return undefined;
    }
  }
}
