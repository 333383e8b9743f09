import { Coalescer } from '../platform/live/coalescer.ts';
import type { People } from './People.ts';
import type { Store } from './Store.ts';

/** Writes down what happens to this process' people: the first change at once, what follows within 50 ms together, one write at a time. */
export class Ledger {
  readonly #process: string;
  readonly #people: People;
  readonly #store: Store;
  readonly #lease: number;
  readonly #failed: (error: unknown) => void;
  readonly #window = new Coalescer<'people'>(() => void this.flush());
  #writing = false;
  #closed = false;
  /** What is in Redis may not be what we believe: the next write is of everything. */
  #doubtful = true;

  constructor(process: string, people: People, store: Store, lease: number, failed: (error: unknown) => void) {
    this.#process = process;
    this.#people = people;
    this.#store = store;
    this.#lease = lease;
    this.#failed = failed;
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#people.touched) this.#window.poke('people');
  }

  /** Called with every beat: a write that failed is made good. @param intact false: Redis lost what was written. */
  confirm(intact: boolean): void {
    if (!intact) this.#doubtful = true;
    if (this.#doubtful) this.#window.poke('people');
  }

  /** Nothing is written any more. */
  close(): void {
    this.#closed = true;
  }

  /** Never rejects. */
  async flush(): Promise<void> {
    if (this.#writing || this.#closed) return;
    this.#writing = true;
    const answered = await this.#write();
    this.#writing = false;
    // What changed meanwhile goes next, and everything if Redis had something else. While it is away the next beat is soon enough.
    if (answered && (this.#people.touched || this.#doubtful)) this.#window.poke('people');
  }

  /** @returns false when Redis could not be asked. */
  async #write(): Promise<boolean> {
    const whole = this.#doubtful;
    const count = this.#people.written;
    const entries = whole ? this.#people.whole() : this.#people.changes();
    if (!whole && entries.length === 0) return true;
    try {
      this.#doubtful = !(await this.#store.write(this.#process, entries, whole, count, this.#lease));
      return true;
    } catch (error) {
      this.#doubtful = true;
      this.#failed(error);
      return false;
    }
  }
}
