import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { BrowserToServer, ServerToBrowser } from '#contract/live.ts';
import type { DirectConnection } from './direct.ts';
import type { Visitor } from './visitor.ts';

/** All that is kept for an open socket. Handlers are shared by all sockets, so that one costs little. */
export interface Seat {
  visitor: Visitor;
  /** The connection as the direct path needs it; absent where only the ordinary way is open. */
  direct: DirectConnection | undefined;
  /** Characters handed to engine.io since its queue was last seen empty. */
  queued: number;
  /** The widgets its page shows; absent until it has said so, and then it is sent all. */
  watches: ReadonlySet<string> | undefined;
  /** What it may still say now, and as of when. */
  words: number;
  countedAt: number;
  /** Its session ended: the person does not come back in a moment. */
  signedOut: boolean;
}

export type LiveServer = Server<BrowserToServer, ServerToBrowser, DefaultEventsMap, Seat>;
export type LiveSocket = Socket<BrowserToServer, ServerToBrowser, DefaultEventsMap, Seat>;
