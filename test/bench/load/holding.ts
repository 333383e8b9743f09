import type { Connection } from './connection.ts';

/** What a dashboard knows of the roster, as it says when it connects. */
export interface Holding {
  epoch: string;
  version: number;
}

/** Within so many bytes of a presence message stands its version. */
const REACH = 128;

/**
 * Follows which version of the roster each member of a crowd holds. Presence messages are few when all is well, so these
 * are looked at as text.
 */
export class Holdings {
  #held = new Float64Array(0);
  #changedAt = 0;

  /** From now on so many members hold what they connect with. */
  begin(members: number, { version }: Holding): void {
    this.#held = new Float64Array(members).fill(version);
    this.#changedAt = 0;
  }

  take({ index }: Connection, bytes: Buffer, start: number, length: number): void {
    const head = bytes.toString('latin1', start, start + Math.min(length, REACH));
    const [, version] = /^42\["presence:(?:changed|roster)",\{"epoch":"[^"]*","version":(\d+)/.exec(head) ?? [];
    if (version === undefined) return;
    this.#held[index] = Number(version);
    this.#changedAt = performance.now();
  }

  /** The oldest version that anybody holds. */
  get oldest(): number {
    return this.#held.reduce((oldest, version) => Math.min(oldest, version), Number.POSITIVE_INFINITY);
  }

  /** When the latest presence message came, by this process's monotonic clock in ms; 0 if none did. */
  get changedAt(): number {
    return this.#changedAt;
  }
}
