import type { Connection } from './connection.ts';

const REACH = 96; // bytes in which the event's name and the first widget's id stand

/** Counts how often clients were sent a widget's snapshot. */
export class Refreshes {
  #start = '';
  #received = 0;
  #awaited = { count: Number.POSITIVE_INFINITY, reached: (): void => undefined };

  /** Begins to count for this widget. */
  begin(widget: string): void {
    this.#start = `42["widgets:refreshed",[{"id":"${widget}"`;
    this.#received = 0;
  }

  take(_: Connection, bytes: Buffer, start: number, length: number): void {
    if (!bytes.toString('latin1', start, start + Math.min(length, REACH)).startsWith(this.#start)) return;
    if (++this.#received >= this.#awaited.count) this.#awaited.reached();
  }

  /** Resolves once all clients together have received so many since {@link begin}. */
  reach(count: number): Promise<void> {
    if (this.#received >= count) return Promise.resolve();
    return new Promise(reached => {
      this.#awaited = { count, reached };
    });
  }
}
