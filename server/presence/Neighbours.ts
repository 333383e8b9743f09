import type { Neighbour, Store } from './Store.ts';
import type { Timing } from './timing.ts';

/** Ms after the end of a lease at which it has surely ended by Redis' own clock. */
const SLACK = 20;

/** Watches over the other processes: one that misses a beat is doubted, one whose lease ends is taken out. Several may do so; one wins. */
export class Neighbours {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #failed: (error: unknown) => void;
  readonly #ends = new Map<string, NodeJS.Timeout>();
  #from = 0;

  constructor(store: Store, timing: Timing, failed: (error: unknown) => void) {
    this.#store = store;
    this.#timing = timing;
    this.#failed = failed;
  }

  /** Before then nobody is judged by a lease that Redis may have lost. @param from by `performance.now()`. */
  judgeFrom(from: number): void {
    this.#from = from;
    this.stop();
  }

  watch(others: Neighbour[]): void {
    if (performance.now() < this.#from) return;
    for (const { id, standing, left } of others) {
      if (left >= this.#timing.doubt) continue;
      if (left > 0 && standing === 'here') this.#store.doubt(id, this.#timing, Date.now()).catch(this.#failed);
      this.#reapAfter(id, Math.max(left, 0));
    }
  }

  stop(): void {
    for (const timer of this.#ends.values()) clearTimeout(timer);
    this.#ends.clear();
  }

  /** A timer of its own for the end of the lease, so that the announcement does not wait for the next beat. */
  #reapAfter(id: string, left: number): void {
    clearTimeout(this.#ends.get(id));
    const reap = (): void => {
      this.#ends.delete(id);
      this.#store.reap(id).catch(this.#failed);
    };
    this.#ends.set(id, setTimeout(reap, left === 0 ? 0 : left + SLACK));
  }
}
