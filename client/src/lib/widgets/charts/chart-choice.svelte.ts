import type { TimeRange } from '#contract/widgets.ts';
import { charts as words } from '#lib/words/en/charts.ts';

const isRange = (text: string | undefined): text is TimeRange => text !== undefined && Object.hasOwn(words.ranges, text);

/** How somebody looks at a widget's chart: how far back, and whether as a table. Kept in this browser for each person and widget. */
export class ChartChoice {
  readonly #key: string;
  #range = $state<TimeRange>();
  #table = $state(false);

  constructor(person: string, widget: string) {
    this.#key = `chart:${widget}:${person}`;
    const [range, table] = this.#kept()?.split(' ') ?? [];
    if (isRange(range)) this.#range = range;
    this.#table = table === 'table';
  }

  get range(): TimeRange | undefined {
    return this.#range;
  }
  set range(range: TimeRange | undefined) {
    this.#range = range;
    this.#keep();
  }
  get table(): boolean {
    return this.#table;
  }
  set table(table: boolean) {
    this.#table = table;
    this.#keep();
  }

  #kept(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }
  #keep(): void {
    try {
      localStorage.setItem(this.#key, `${this.#range ?? ''} ${this.#table ? 'table' : ''}`);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}
