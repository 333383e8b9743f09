import type { Connection } from './connection.ts';
import { findMark, markNumber, markTime, microseconds } from './mark.ts';

/** Latencies of the messages of a run, in ms. */
export interface Latencies {
  p50: number;
  p99: number;
}

/**
 * Counts marked messages and keeps how long each took. All memory is taken before the run, and one message costs one
 * look for its mark and one number stored.
 */
export class Meter {
  #latencies = new Float64Array(0);
  #arrived = new Uint32Array(0);
  #first = 0;
  #stored = 0;
  #disorder = 0;
  #clients = 0;
  /** Payload bytes of marked messages. */
  bytes = 0;
  /** Is told when a broadcast has reached everyone. */
  onComplete: (number: number) => void = () => undefined;

  /** Makes room for `rounds` broadcasts to `clients`, numbered from `first`. */
  begin(first: number, rounds: number, clients: number): void {
    const size = rounds * clients;
    if (this.#latencies.length !== size) this.#latencies = new Float64Array(size);
    this.#arrived = new Uint32Array(rounds);
    this.#first = first;
    this.#clients = clients;
    this.#stored = 0;
    this.bytes = 0;
  }

  /** Takes one message of the application; one without a mark is none of ours. */
  take(connection: Connection, bytes: Buffer, start: number, length: number): void {
    const at = findMark(bytes, start, length);
    if (at === -1) return;
    const number = markNumber(bytes, at);
    const round = number - this.#first;
    if (number <= connection.lastMark || round < 0 || round >= this.#arrived.length) this.#disorder++;
    connection.lastMark = number;
    this.bytes += length;
    this.#latencies[this.#stored++] = (microseconds() - markTime(bytes, at)) / 1000;
    const arrived = (this.#arrived[round] ?? 0) + 1;
    this.#arrived[round] = arrived;
    if (arrived === this.#clients) this.onComplete(number);
  }

  /** Marked messages since {@link begin}. Throws if any came twice, out of order, or to somebody it should not have reached. */
  get deliveries(): number {
    if (this.#disorder > 0) throw new Error(`${this.#disorder} messages came twice or out of order.`);
    if (this.#stored > this.#latencies.length)
      throw new Error(`${this.#stored} messages came, and only ${this.#latencies.length} were sent.`);
    return this.#stored;
  }

  /** Of the messages since {@link begin}, from the moment they were due. Sorts in place: once per run. */
  latencies(): Latencies {
    const sorted = this.#latencies.subarray(0, this.deliveries).sort();
    const at = (share: number): number => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
    return { p50: at(0.5), p99: at(0.99) };
  }
}
