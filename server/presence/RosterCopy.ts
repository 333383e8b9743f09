import { Roster } from './Roster.ts';
import type { Store } from './Store.ts';

/** Keeps this process' roster right: by the differences that come in, and by reading it whole where one is missing. */
export class RosterCopy {
  readonly roster = new Roster();
  readonly #store: Store;
  readonly #failed: (error: unknown) => void;
  /** What came in while the roster is being read. */
  #held: string[] | undefined;
  #deliver: (packet: string) => void = () => undefined;

  constructor(store: Store, failed: (error: unknown) => void) {
    this.#store = store;
    this.#failed = failed;
  }

  showTo(deliver: (packet: string) => void): void {
    this.#deliver = deliver;
  }

  received(packet: string): ReturnType<Roster['apply']> {
    this.#held?.push(packet);
    const relation = this.roster.apply(packet);
    if (relation === 'gap') void this.read();
    return relation;
  }

  /** Reads the roster whole, and shows it to those who watch if it is another one than they were shown. Never rejects. */
  async read(): Promise<void> {
    if (this.#held) return;
    this.#held = [];
    try {
      const reading = await this.#store.read();
      const { epoch, version } = this.roster;
      this.roster.reset(reading);
      for (const packet of this.#held) this.roster.apply(packet);
      if (epoch !== undefined && (epoch !== this.roster.epoch || version !== this.roster.version)) this.#deliver(this.roster.packet());
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#held = undefined;
    }
  }
}
