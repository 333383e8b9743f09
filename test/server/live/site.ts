import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { type AddressInfo, Socket as TcpSocket } from 'node:net';
import { pino } from 'pino';
import { type Socket, io } from 'socket.io-client';
import type { Permission } from '#contract/permissions.ts';
import type { Attendance } from '#server/platform/live/attendance.ts';
import { Broadcast } from '#server/platform/live/broadcast.ts';
import { type Live, createLive } from '#server/platform/live/socket.ts';
import type { Person, Standing, Visitor } from '#server/platform/live/visitor.ts';
import { connect } from '#server/platform/redis.ts';
import { Presence, type PresenceOptions } from '#server/presence/Presence.ts';

export const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
export const ORIGIN = 'http://admin.test';

/** The sessions of an installation, as the database would hold them. */
export class Sessions {
  readonly visitors = new Map<string, Visitor>();
  readonly standing = new Map<string, Standing>();
  readonly profiles = new Map<string, Person>();
  /** Keeps the processes of one test apart from those of another. */
  readonly prefix = `test:${randomUUID()}:`;
  asked = 0;
  unreadable = false;

  /** A person with a session; returns its id. */
  open(given: Partial<Omit<Visitor, 'permissions'>> & { permissions?: Permission[] } = {}): string {
    const sessionId = randomUUID();
    const adminId = given.adminId ?? randomUUID();
    const visitor: Visitor = {
      adminId,
      sessionId,
      authEpoch: 1,
      rightsEpoch: 1,
      profileVersion: 1,
      person: { name: `Person ${adminId.slice(0, 4)}`, roles: ['Staff'] },
      language: 'en',
      expiresAt: Date.now() + 3_600_000,
      ...given,
      permissions: new Set(given.permissions ?? ['presence.view']),
    };
    this.visitors.set(sessionId, visitor);
    const { authEpoch, rightsEpoch, profileVersion } = visitor;
    this.standing.set(sessionId, { authEpoch, rightsEpoch, profileVersion, live: true });
    return sessionId;
  }

  /** Each handshake reads the row anew. */
  door({ headers }: IncomingMessage): Promise<Visitor | undefined> {
    const visitor = this.visitors.get(/session=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '');
    return Promise.resolve(visitor && { ...visitor });
  }

  visitor(sessionId: string): Visitor {
    const visitor = this.visitors.get(sessionId);
    if (!visitor) throw new Error('no such session');
    return visitor;
  }

  change(sessionId: string, change: Partial<Standing>): void {
    const standing = this.standing.get(sessionId);
    if (!standing) throw new Error('no such session');
    this.standing.set(sessionId, { ...standing, ...change });
  }
}

export interface Site {
  url: string;
  http: Server;
  live: Live;
  presence: Presence | undefined;
  broadcast: Broadcast;
  stop(): Promise<void>;
}

export interface SiteOptions extends Pick<PresenceOptions, 'timing' | 'onSeen'> {
  prefix?: string;
  /** Stands in for presence; `none`: sockets without a roster. */
  attendance?: Attendance | 'none';
}

/** One server process' worth of sockets, listening. */
export async function openSite(
  redisUrl: string,
  sessions: Sessions,
  { prefix = sessions.prefix, attendance, ...rest }: SiteOptions = {},
): Promise<Site> {
  const redis = connect(redisUrl, log);
  await redis.connect();
  const presence = attendance ? undefined : new Presence({ redis, log, prefix, ...rest });
  const attends = attendance ?? presence;
  const http = createServer((_, response) => response.writeHead(404).end());
  const live = await createLive({
    http,
    redis,
    log,
    prefix,
    baseOrigin: () => ORIGIN,
    door: request => sessions.door(request),
    standing: known => {
      sessions.asked += 1;
      if (sessions.unreadable) return Promise.reject(new Error('the database is away'));
      const moved = known.flatMap(({ sessionId, authEpoch, rightsEpoch, profileVersion }) => {
        const now: Standing = sessions.standing.get(sessionId) ?? { authEpoch, rightsEpoch, profileVersion, live: false };
        const same = now.authEpoch === authEpoch && now.rightsEpoch === rightsEpoch && now.profileVersion === profileVersion;
        return same && now.live ? [] : [[sessionId, now] as const];
      });
      return Promise.resolve(new Map(moved));
    },
    profiles: ids => Promise.resolve(new Map([...sessions.profiles].filter(([id]) => ids.includes(id)))),
    ...(attends && attends !== 'none' && { presence: attends }),
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, // of a server that listens on a port
    http,
    live,
    presence,
    broadcast: new Broadcast(redis, { prefix, log }),
    async stop() {
      await live.stop();
      http.close();
      await once(http, 'close');
      redis.destroy();
    },
  };
}

export type Heard = [event: string, ...args: unknown[]];

/** A stock client with all it was told, beats left out. */
export interface Tab {
  socket: Socket;
  heard: Heard[];
  /** The arguments of the events of this name. */
  of(event: string): unknown[];
}

/** A browser's tab: a stock client with the cookie and origin of one. It does not reconnect by itself. */
export function openTab(
  url: string,
  session: string,
  options: { origin?: string | undefined; auth?: object; headers?: Record<string, string> } = {},
): Tab {
  const origin = 'origin' in options ? options.origin : ORIGIN;
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: options.auth ?? {},
    extraHeaders: { cookie: `session=${session}`, ...(origin !== undefined && { origin }), ...options.headers },
  });
  const heard: Heard[] = [];
  socket.onAny((event: string, ...args: unknown[]) => {
    if (event !== 'live:beat') heard.push([event, ...args]);
  });
  return { socket, heard, of: event => heard.filter(([name]) => name === event).map(([, argument]) => argument) };
}

/** Resolves when it is connected. @throws when it is refused */
export async function connected(tab: Tab): Promise<Tab> {
  await new Promise<void>((resolve, reject) => {
    tab.socket.once('connect', resolve);
    tab.socket.once('connect_error', reject);
  });
  return tab;
}

/** The TCP socket under a tab, to stop it from reading. */
export function tcpOf(tab: Tab): TcpSocket {
  const tcp: unknown = Reflect.get(Object(Reflect.get(tab.socket.io.engine.transport, 'ws')), '_socket');
  if (!(tcp instanceof TcpSocket)) throw new Error('the stock client hides its socket elsewhere now');
  return tcp;
}
