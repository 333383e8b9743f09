import type { DisconnectReason } from 'socket.io';
import { z } from 'zod';
import type { BrowserToServer } from '#contract/live.ts';
import { live } from '../metrics.ts';
import type { Attendance, Parting } from './attendance.ts';
import type { LiveSocket, Seat } from './types.ts';

/** Words a second that a socket may say, and how many at once. */
const RATE = 20;
export const BURST = 40;

/** Ids of widgets; a dashboard has room for no more. */
const watches = z.array(z.string().max(100)).max(200);
const acknowledge = z.custom<() => void>(value => typeof value === 'function');
const here = z.strictObject({ away: z.boolean(), page: z.string().max(200).startsWith('/') });

/** A token bucket in two numbers. `now` in ms. */
function mayTalk(seat: Pick<Seat, 'words' | 'countedAt'>, now: number): boolean {
  seat.words = Math.min(BURST, seat.words + ((now - seat.countedAt) * RATE) / 1000);
  seat.countedAt = now;
  if (seat.words < 1) return false;
  seat.words -= 1;
  return true;
}

function parting(socket: LiveSocket, reason: DisconnectReason): Parting {
  if (socket.data.signedOut) return 'signed_out';
  return reason === 'ping timeout' ? 'silent' : 'closed';
}

/**
 * Listens to a socket. The handlers are made once per process and told by `this` which socket it is:
 * thousands of sockets that have closures of their own would cost more memory than all else that is kept for them.
 */
export function listener(presence: Attendance | undefined): (socket: LiveSocket) => void {
  const tabs = new WeakMap<object, string>();

  /** What each word of a browser's does. @returns whether it was one that pages of ours say */
  const words: Record<keyof BrowserToServer, (socket: LiveSocket, args: unknown[]) => boolean> = {
    'presence:here': (socket, args) => {
      const at = args.length === 1 ? here.safeParse(args[0]).data : undefined;
      if (at) presence?.here(socket.id, at);
      return at !== undefined;
    },
    'widgets:watched': (socket, [ids, done, ...more]) => {
      const watched = watches.safeParse(ids).data;
      const heard = acknowledge.safeParse(done).data;
      if (!watched || !heard || more.length > 0) return false;
      socket.data.watches = new Set(watched);
      heard();
      return true;
    },
  };
  const isWord = (event: string): event is keyof BrowserToServer => Object.hasOwn(words, event);

  /** Whoever says anything else, or too much, is no page of ours, and is closed. */
  function said(this: LiveSocket, event: string, ...args: unknown[]): void {
    if (!mayTalk(this.data, performance.now()) || !isWord(event) || !words[event](this, args)) this.disconnect(true);
  }

  function heard(this: object): void {
    const tab = tabs.get(this);
    if (tab !== undefined) presence?.heard(tab);
  }

  function left(this: LiveSocket, reason: DisconnectReason): void {
    live.sockets.dec();
    presence?.left(this.id, parting(this, reason));
  }

  return socket => {
    socket.onAny(said);
    socket.on('disconnect', left);
    if (!presence) return;
    tabs.set(socket.conn, socket.id);
    socket.conn.on('heartbeat', heard);
  };
}
