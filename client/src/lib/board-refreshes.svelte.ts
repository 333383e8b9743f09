/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole, or nothing draws them */
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { call } from './api.ts';
import { explain } from './problem.ts';

/** A worker that has not answered by then is taken to be away: the stamp goes back to the age of what is shown. */
const PATIENCE_MS = 20_000;

interface Refresh {
  /** The newest version at the time of asking. */
  from: number;
  /** Why it could not be asked for. */
  refusal?: string;
}

/** Rebuilds that were asked for from this page and have not come yet. */
export class Refreshes {
  #asked = $state.raw<ReadonlyMap<string, Refresh>>(new Map());
  readonly #versionOf: (id: string) => number;

  constructor(versionOf: (id: string) => number) {
    this.#versionOf = versionOf;
  }

  isRunning(id: string): boolean {
    const refresh = this.#asked.get(id);
    return refresh !== undefined && refresh.refusal === undefined;
  }
  /** Why the latest could not be asked for, in words. */
  refusalOf(id: string): string | undefined {
    return this.#asked.get(id)?.refusal;
  }

  arrived({ id, version }: WidgetSnapshot): void {
    const refresh = this.#asked.get(id);
    if (refresh && version > refresh.from) this.#forget([id]);
  }

  async one(id: string): Promise<void> {
    await this.#run([id], () => call('POST /widgets/:id/refresh', { params: { id } }));
  }
  async all(ids: readonly string[]): Promise<void> {
    await this.#run(ids, () => call('POST /widgets/refresh'));
  }

  async #run(ids: readonly string[], ask: () => Promise<unknown>): Promise<void> {
    const mine = new Map(ids.map(id => [id, { from: this.#versionOf(id) } satisfies Refresh]));
    this.#asked = new Map([...this.#asked, ...mine]);
    const isMine = (id: string) => this.#asked.get(id) === mine.get(id);
    try {
      await ask();
      setTimeout(() => this.#forget(ids.filter(isMine)), PATIENCE_MS);
    } catch (error) {
      const refusal = explain(error);
      this.#asked = new Map([...this.#asked].map(([id, refresh]) => [id, mine.has(id) && isMine(id) ? { ...refresh, refusal } : refresh]));
    }
  }

  #forget(ids: readonly string[]): void {
    this.#asked = new Map([...this.#asked].filter(([id]) => !ids.includes(id)));
  }
}
