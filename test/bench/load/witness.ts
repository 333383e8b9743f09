import type { Connection } from './connection.ts';
import { Crowd } from './crowd.ts';
import type { Target } from './target.ts';

/** One client that keeps every message whole, so that what was measured can be compared with what was sent. */
export class Witness {
  readonly #crowd: Crowd;
  /** Socket.IO packets in the order in which they came, as text. */
  readonly heard: string[] = [];

  constructor({ port, path, protocol, connectPacket, clients, witnessCookie }: Target) {
    const listener = (_: Connection, bytes: Buffer, start: number, length: number): void => {
      this.heard.push(bytes.toString('utf8', start + 1, start + length)); // without Engine.IO's "4"
    };
    const cookies = witnessCookie === undefined ? [] : [witnessCookie];
    const lookahead = Number.POSITIVE_INFINITY;
    this.#crowd = new Crowd({ port, path, protocol, connectPacket, cookies, count: 1, first: clients, inFlight: 1, lookahead }, listener);
  }

  connect(): Promise<void> {
    return this.#crowd.connect();
  }

  get lost(): AbortSignal {
    return this.#crowd.lost;
  }
}
