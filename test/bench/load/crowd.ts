import { Connection, type Line, type Protocol } from './connection.ts';
import { unless } from '../unless.ts';
import { clientFrame } from './frames.ts';
import { type Door, upgradeRequest } from './request.ts';

/** Is told of each application message; see {@link Line.event}. */
export type Listener = (connection: Connection, bytes: Buffer, start: number, length: number) => void;

export interface CrowdOptions extends Door {
  protocol: Protocol;
  /** The Socket.IO CONNECT packet, such as `0` or `0{"version":7}`. */
  connectPacket: string;
  count: number;
  /** Number of the first member, so that several crowds of one server are different people. */
  first: number;
  /** Handshakes that may be under way at once. */
  inFlight: number;
  /** Bytes of each message that the listener is sure to find; more cost memory. */
  lookahead: number;
}

/** Many clients of one server. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #members: (Connection | undefined)[];
  readonly #line: Line;
  #waiting: number[] = [];
  #underWay = 0;
  #open = 0;
  #finish = Promise.withResolvers<void>();
  readonly #lost = new AbortController();

  constructor(options: CrowdOptions, listener: Listener) {
    this.#options = options;
    this.#members = Array.from({ length: options.count });
    this.#line = {
      port: options.port,
      protocol: options.protocol,
      connectFrame: clientFrame(`4${options.connectPacket}`),
      lookahead: options.lookahead,
      opened: () => this.#opened(),
      event: listener,
      lost: (connection, reason) => this.#lose(connection, reason),
    };
  }

  get size(): number {
    return this.#members.length;
  }

  /** Payload bytes that all members received since they last connected. */
  get bytes(): number {
    return this.#members.reduce((sum, member) => sum + (member?.bytes ?? 0), 0);
  }

  /** Connects all members; resolves when the last one is ready for use. */
  async connect(): Promise<void> {
    this.#finish = Promise.withResolvers<void>();
    this.#waiting = this.#members.map((_, index) => index).reverse();
    this.#open = 0;
    this.#admit();
    await unless(this.lost, this.#finish.promise);
  }

  /** Fires once the server drops anybody: then nothing measured with this crowd means what it says. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** From now on members introduce themselves with this Socket.IO CONNECT packet. */
  introduce(connectPacket: string): void {
    this.#line.connectFrame = clientFrame(`4${connectPacket}`);
  }

  /** Has every so-many-th member say this Socket.IO packet. @returns how many that are */
  say(packet: string, oneIn: number): number {
    const frame = clientFrame(`4${packet}`);
    const those = this.#members.filter((_, index) => index % oneIn === 0);
    for (const member of those) member?.say(frame);
    return those.length;
  }

  /** Cuts every line at once, by RST. */
  reset(): void {
    for (const [index, member] of this.#members.entries()) {
      member?.reset();
      this.#members[index] = undefined;
    }
  }

  #admit(): void {
    while (this.#underWay < this.#options.inFlight) {
      const index = this.#waiting.pop();
      if (index === undefined) return;
      this.#underWay++;
      this.#members[index] = new Connection(this.#line, index, upgradeRequest(this.#options, this.#options.first + index));
    }
  }

  #opened(): void {
    this.#underWay--;
    this.#open++;
    this.#admit();
    if (this.#open === this.size) this.#finish.resolve();
  }

  #lose(connection: Connection, reason: string): void {
    this.#lost.abort(new Error(`Client ${connection.index} of ${this.size} lost its connection: ${reason}`));
  }
}
