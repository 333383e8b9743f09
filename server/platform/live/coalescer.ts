/** How long changes are gathered, in ms: too short to be noticed, long enough to make one message of a burst. */
export const WINDOW = 50;

/** Leading edge and window: the first of a burst runs at once, the rest together when the window ends. One window per key. */
export class Coalescer<K> {
  readonly #run: (key: K) => void;
  /** Per open window: whether something came since it was opened. */
  readonly #open = new Map<K, boolean>();

  constructor(run: (key: K) => void) {
    this.#run = run;
  }

  poke(key: K): void {
    if (this.#open.has(key)) this.#open.set(key, true);
    else this.#begin(key);
  }

  /** Runs at once what waits for the end of its window. */
  flush(): void {
    for (const [key, waiting] of this.#open) {
      if (!waiting) continue;
      this.#open.set(key, false);
      this.#run(key);
    }
  }

  #begin(key: K): void {
    this.#open.set(key, false);
    setTimeout(() => this.#end(key), WINDOW);
    this.#run(key);
  }

  #end(key: K): void {
    const waiting = this.#open.get(key);
    this.#open.delete(key);
    if (waiting) this.#begin(key);
  }
}
