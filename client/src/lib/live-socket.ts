import type { Socket } from 'socket.io-client';
import type { BrowserToServer, Holding, ServerToBrowser } from '#contract/live.ts';

const OPENING_MS = 8000;

export type LinkSocket = Socket<ServerToBrowser, BrowserToServer>;

/** A socket that is not open yet. Its library is fetched now, since no page needs it for its first paint. `holding` is asked at each opening. */
export async function makeSocket(holding: () => Holding): Promise<LinkSocket> {
  const { io } = await import('socket.io-client');
  return io({
    transports: ['websocket'],
    autoConnect: false,
    // It would not come back after the server closed the link, and would not say when it tries again.
    reconnection: false,
    timeout: OPENING_MS,
    auth: (say: (held: Holding) => void) => say(holding()),
  });
}
