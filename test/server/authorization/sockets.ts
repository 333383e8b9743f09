import { type Socket, io } from 'socket.io-client';
import { expect } from 'vitest';
import type { BrowserToServer, ServerToBrowser } from '#contract/live.ts';
import { PERMISSIONS } from '#contract/permissions.ts';
import type { Broadcast } from '#server/platform/live/broadcast.ts';
import { room } from '#server/platform/live/rooms.ts';
import type { Knocker } from './actors.ts';

type Tab = Socket<ServerToBrowser, BrowserToServer>;
/** Of a socket of somebody's: what became of its handshake, and the rooms whose words it was sent. */
interface Heard {
  door: string;
  rooms: ReadonlySet<string>;
  tab: Tab;
}

async function connect(url: string, { key }: Knocker, cookie: string): Promise<Heard> {
  const extraHeaders = {
    origin: url,
    ...(cookie === '' ? {} : { cookie: `quarterdeck=${cookie}` }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const tab: Tab = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  const rooms = new Set<string>();
  // any message will do: what it says is the name of the room that it was sent to
  tab.on('activity:added', ([word]) => void (word && rooms.add(word.title)));
  const door = await new Promise<string>(resolve => {
    tab.once('connect', () => resolve('allowed'));
    tab.once('connect_error', () => resolve('refused'));
  });
  return { door, rooms, tab };
}

const word = (title: string): Parameters<ServerToBrowser['activity:added']> => [[{ title } as never]];

/** What each of them may hear: has a word sent to every room there is, and one to all, which is the last that arrives. */
async function listen(heard: readonly Heard[], broadcast: Broadcast): Promise<void> {
  for (const permission of PERMISSIONS) broadcast.send(room.may(permission), 'activity:added', ...word(permission));
  broadcast.send(room.all, 'activity:added', ...word('all'));
  for (const { door, rooms } of heard) await expect.poll(() => door !== 'allowed' || rooms.has('all'), { timeout: 10_000 }).toBe(true);
}

/**
 * The socket's side of the matrix: who is let in, who may say what there is to say, and what each right lets somebody hear.
 * @returns rows by name: the cells of everybody in their order
 */
export async function socketCells(
  url: string,
  broadcast: Broadcast,
  knockers: readonly Knocker[],
  cookies: readonly string[],
): Promise<[name: string, cells: string[]][]> {
  const heard = await Promise.all(knockers.map((who, i) => connect(url, who, cookies[i] ?? '')));
  const open = heard.filter(({ door }) => door === 'allowed');
  try {
    for (const { tab } of open) tab.emit('presence:here', { away: false, page: '/dashboard' });
    for (const { tab } of open) tab.emit('widgets:watched', [], () => undefined);
    await listen(heard, broadcast);
    const said = heard.map(({ tab }) => (tab.connected ? 'allowed' : 'refused'));
    for (const { tab } of open) (tab as Socket).emit('constructor');
    await expect.poll(() => open.filter(({ tab }) => tab.connected).length, { timeout: 10_000 }).toBe(0);
    return [
      ['SOCKET connect', heard.map(({ door }) => door)],
      ['SOCKET presence:here', said],
      ['SOCKET widgets:watched', said],
      ...PERMISSIONS.map((permission): [string, string[]] => [
        `SOCKET what needs ${permission}`,
        heard.map(({ door, rooms }) => (rooms.has(permission) ? 'allowed' : door === 'allowed' ? 'not told' : door)),
      ]),
    ];
  } finally {
    for (const { tab } of heard) tab.close();
  }
}
