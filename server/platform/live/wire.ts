import { z } from 'zod';
import type { ServerToBrowser } from '#contract/live.ts';
import { live } from '../metrics.ts';

/** Keys and channels of one installation begin with this. */
export const PREFIX = 'quarterdeck:';
/** The one channel between processes. Channels are global to a Redis, not per database. */
export const channelOf = (prefix: string): string => `${prefix}live`;

/** What one process tells the others; browsers never see it. */
export const controlMessage = z.discriminatedUnion('kind', [
  /** A session ended (`sessionId`), or all sessions of a person (`adminId`): their sockets are closed. */
  z.object({ kind: z.literal('revoked'), adminId: z.string().optional(), sessionId: z.string().optional(), reason: z.string() }),
  /** Rights, profiles or sessions changed: look at what holds now instead of in half a second. */
  z.object({ kind: z.literal('look') }),
  /** Dashboards are arranged anew, one person's or anybody's. */
  z.object({ kind: z.literal('layouts'), adminId: z.string().optional() }),
  /** Something could not be published: browsers read again. */
  z.object({ kind: z.literal('resync') }),
]);
export type ControlMessage = z.infer<typeof controlMessage>;

/** Stands where the room would, in a message from process to process. */
export const CONTROL = '!';

/**
 * What travels between processes: `<room>[ <topic> <tag>…]\n<packet text>`. The header is all a receiver reads;
 * `widgets` is tagged with `id:version` each, so that a snapshot kept in memory can be given up without reading the packet.
 */
export interface Message {
  room: string;
  topic: string | undefined;
  tags: string[];
  text: string;
}

export const compose = (room: string, text: string, topic = '', tags: string[] = []): string =>
  `${[room, ...(topic === '' ? [] : [topic]), ...tags].join(' ')}\n${text}`;

export function decompose(message: string): Message {
  const end = message.indexOf('\n');
  const [room = '', topic, ...tags] = message.slice(0, end).split(' ');
  return { room, topic, tags, text: message.slice(end + 1) };
}

/** The text of a Socket.IO packet: "2" is an event in the namespace "/". */
export function encode<E extends keyof ServerToBrowser>(event: E, ...args: Parameters<ServerToBrowser[E]>): string {
  live.encodes.inc();
  return `2${JSON.stringify([event, ...args])}`;
}

/** The same where its one argument is an array of texts that are encoded already. */
export function encodeTexts(event: keyof ServerToBrowser, texts: string[]): string {
  live.encodes.inc();
  return `2["${event}",[${texts.join(',')}]]`;
}
