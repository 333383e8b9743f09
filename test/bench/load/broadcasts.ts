import { setTimeout as pause } from 'node:timers/promises';
import { unless } from '../unless.ts';
import { mark, microseconds } from './mark.ts';
import type { Meter } from './meter.ts';

/** Sends one broadcast on its way: the text of a Socket.IO packet. */
export type Publish = (packet: string) => Promise<unknown>;

const EVENT = 'widgets:refreshed';
const packetWith = (stamp: string, filler: string): string => `2${JSON.stringify([EVENT, [{ id: 'bench', data: { stamp, filler } }]])}`;
/** Of the payload on the wire: Engine.IO's `4`, then the packet. */
const EMPTY = `4${packetWith(mark(0, 0), '')}`.length;

export interface BroadcastsOptions {
  publish: Publish;
  meter: Meter;
  /** Who receives each broadcast. */
  clients: number;
  /** Of each payload; at least {@link EMPTY}. */
  payloadBytes: number;
  /** Fires when a client is dropped: its messages will never come. */
  lost: AbortSignal;
}

/** Marked broadcasts, numbered over all bursts so that a late one cannot be taken for one of the next burst. */
export class Broadcasts {
  readonly #options: BroadcastsOptions;
  readonly #filler: string;
  #number = 0;
  /** Every packet, as it was sent. */
  readonly sent: string[] = [];

  constructor(options: BroadcastsOptions) {
    this.#options = options;
    this.#filler = 'x'.repeat(Math.max(0, options.payloadBytes - EMPTY));
  }

  /** Closed loop: the next one leaves when an earlier one has reached everybody, `inFlight` at a time. */
  async saturate(rounds: number, inFlight: number): Promise<void> {
    const arrived = this.#begin(rounds);
    let left = rounds;
    const next = (): void => {
      if (left-- > 0) this.#send(microseconds(), arrived.reject);
    };
    this.#options.meter.onComplete = arrived.countdown(rounds, next);
    for (let lane = 0; lane < inFlight; lane++) next();
    await unless(this.#options.lost, arrived.promise);
  }

  /** Open loop: one every `interval` ms whatever became of the earlier ones, so that a server that stalls is seen to. */
  async pace(rounds: number, interval: number): Promise<void> {
    const arrived = this.#begin(rounds);
    this.#options.meter.onComplete = arrived.countdown(rounds, () => undefined);
    const start = microseconds() + interval * 1000;
    for (let round = 0; round < rounds; round++) {
      this.#options.lost.throwIfAborted();
      const due = start + round * interval * 1000;
      await pause(Math.max(0, (due - microseconds()) / 1000));
      this.#send(due, arrived.reject);
    }
    await unless(this.#options.lost, arrived.promise);
  }

  #begin(rounds: number) {
    const { meter, clients } = this.#options;
    meter.begin(this.#number, rounds, clients);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const countdown = (left: number, next: () => void) => (): void => {
      if (--left === 0) resolve();
      else next();
    };
    return { promise, reject, countdown };
  }

  #send(due: number, failed: (error: unknown) => void): void {
    const packet = packetWith(mark(due, this.#number++), this.#filler);
    this.sent.push(packet);
    this.#options.publish(packet).catch(failed);
  }
}
