import { type Connection, type Protocol } from './connection.ts';
import { Crowd } from './crowd.ts';
import type { Door } from './request.ts';

/** One client that keeps every message whole, so that what was measured can be compared with what was sent. */
export class Witness {
  readonly #crowd: Crowd;
  /** Socket.IO packets in the order in which they came, as text. */
  readonly heard: string[] = [];

  constructor(door: Door, protocol: Protocol, connectPacket: string) {
    const listener = (_: Connection, bytes: Buffer, start: number, length: number): void => {
      this.heard.push(bytes.toString('utf8', start + 1, start + length)); // without Engine.IO's "4"
    };
    this.#crowd = new Crowd({ ...door, protocol, connectPacket, count: 1, inFlight: 1, lookahead: Number.POSITIVE_INFINITY }, listener);
  }

  connect(): Promise<void> {
    return this.#crowd.connect();
  }

  get lost(): AbortSignal {
    return this.#crowd.lost;
  }

  /** The parsed arguments of each event of this name. */
  events(name: string): unknown[] {
    return this.heard.flatMap(packet => {
      const parsed: unknown = JSON.parse(packet.slice(1));
      return Array.isArray(parsed) && parsed[0] === name ? [parsed[1] as unknown] : [];
    });
  }
}
