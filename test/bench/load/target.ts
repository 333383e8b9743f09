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

/** Clients of Socket.IO, on its usual path. */
export const SOCKET_IO = { path: '/socket.io/?EIO=4&transport=websocket', protocol: 'socket.io', connectPacket: '0' } as const;
/** Clients of a WebSocket without anything on top. */
export const BARE = { path: '/', protocol: 'websocket', connectPacket: '' } as const;
