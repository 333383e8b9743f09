import { failureOf, type Failure } from './ui/surface.ts';

/** Something that was read with its page and is read again when it may have changed. What was good stays when a reading fails. */
export class Reading<T> {
  #value: T;
  /** When it was read, in ms since 1970. */
  at = $state(Date.now());
  failure = $state.raw<Failure>();
  refreshing = $state(false);
  readonly #read: () => Promise<T>;
  #turn = 0;

  /** @param value the first answer. @param read asks again */
  constructor(value: T, read: () => Promise<T>) {
    this.#value = $state.raw(value);
    this.#read = read;
  }

  get value(): T {
    return this.#value;
  }

  /** Shows what another answer brought: that of a change made here. */
  show(value: T): void {
    this.#turn += 1;
    this.#value = value;
    this.at = Date.now();
    this.failure = undefined;
  }

  /** Of several readings under way the one asked for last is shown. */
  async refresh(): Promise<void> {
    const turn = (this.#turn += 1);
    this.refreshing = true;
    try {
      const next = await this.#read();
      if (turn === this.#turn) this.show(next);
    } catch (error) {
      if (turn === this.#turn) this.failure = failureOf(error);
    } finally {
      this.refreshing = false;
    }
  }
}
