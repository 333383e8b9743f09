import type { Protocol } from './connection.ts';
import type { Door } from './request.ts';

/** The server that a crowd and its witness connect to. */
export interface Target extends Door {
  /** The witness's own, since a login session may have only so many tabs. */
  witnessCookie?: string;
  protocol: Protocol;
  /** Who connects, the witness not counted. At most 10,000: a process has so many files. */
  clients: number;
  /** Handshakes under way at once. */
  inFlight: number;
  /** The Socket.IO CONNECT packet. */
  connectPacket: string;
}
