import { EventEmitter } from 'node:events';
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Server, type ServerOptions } from 'socket.io';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { live } from '../metrics.ts';
import type { RedisClient } from '../redis.ts';
import { Admission } from './admission.ts';
import type { Attendance } from './attendance.ts';
import { Delivery } from './deliver.ts';
import { receive } from './receive.ts';
import { Revocation, dismiss } from './revocation.ts';
import { room } from './rooms.ts';
import { BURST, listener } from './talk.ts';
import type { LiveServer, LiveSocket } from './types.ts';
import type { AskProfiles, AskStanding, Door } from './visitor.ts';
import { type ControlMessage, type Message, encode } from './wire.ts';

/** How often every page hears that its link is alive, in ms. A frame of ours is far cheaper than a ping per socket. */
const BEAT = 2000;
/** A Redis that has not answered for so long, though it is asked every 5 s, stands still, whatever its connection says. In ms. */
const STANDSTILL = 8000;
/** How often sessions are checked, in ms. */
const CHECK = 500;
/** On a planned stop people are spread so that no more than this come back to another process per second. */
const RETURNS_PER_SECOND = 500;
const LONGEST_DELAY = 10_000;
/** How long a browser has to answer the closing of its socket, in ms. */
const CLOSING = 1000;

/** With these a cut cable is known to the server within 15 s. Nothing is compressed: frames are small, and are written as they are. */
const options: Partial<ServerOptions> = {
  serveClient: false,
  cookie: false,
  transports: ['websocket'],
  maxHttpBufferSize: 16_384,
  perMessageDeflate: false,
  httpCompression: false,
  pingInterval: 10_000,
  pingTimeout: 5000,
  connectTimeout: 5000,
  allowEIO3: false,
};

const holding = z.object({ epoch: z.string().max(64).exactOptional(), version: z.int().exactOptional() });

export interface LiveOptions {
  http: HttpServer;
  redis: RedisClient;
  door: Door;
  standing: AskStanding;
  profiles: AskProfiles;
  /** Absent: sockets without a roster. */
  presence?: Attendance;
  baseOrigin: () => string;
  /** Where a request comes from, proxies considered. Without it: the other end of the connection. */
  addressOf?: (request: IncomingMessage) => string;
  log: Log;
  /** What keeps this installation apart from others on the same Redis. */
  prefix?: string;
}

/** What a process learns from the others beside what it passes on. */
interface Happenings {
  /** Newer snapshots of these widgets exist. */
  widgets: [changed: { id: string; version: number }[]];
  control: [message: ControlMessage];
  /** What was published meanwhile is lost: nothing kept from it is current for certain. */
  regained: [];
}

/** The sockets of one server process. */
export class Live extends EventEmitter<Happenings> {
  readonly #io: LiveServer;
  readonly #presence: Attendance | undefined;
  readonly #admission: Admission;
  readonly #delivery: Delivery;
  readonly #revocation: Revocation;
  readonly #listenTo: (socket: LiveSocket) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #endReceiving = (): Promise<void> => Promise.resolve();
  /** Since when the subscription is gone, in ms since 1970. */
  #lostAt: number | undefined;

  constructor({ presence, log, addressOf = request => request.socket.remoteAddress ?? '', ...given }: LiveOptions) {
    super();
    this.#presence = presence;
    this.#admission = new Admission({ door: given.door, baseOrigin: given.baseOrigin, addressOf, log });
    this.#io = new Server({ ...options, allowRequest: this.#admission.allow });
    this.#delivery = new Delivery(this.#io, log);
    this.#revocation = new Revocation(this.#io, { standing: given.standing, profiles: given.profiles, presence, log });
    this.#listenTo = listener(presence);
    presence?.showTo(packet => this.#delivery.toRoom(room.may('presence.view'), packet));
  }

  /** Subscribes first, so that no socket is ever open that is told nothing. */
  async start({ http, redis, log, prefix }: LiveOptions): Promise<this> {
    const ears = {
      packet: (message: Message) => this.#pass(message),
      control: (message: ControlMessage) => this.#obey(message),
      lost: () => this.#lost(),
      regained: () => this.#regained(),
    };
    this.#endReceiving = await receive(redis, ears, log, prefix);
    await this.#presence?.listening();
    this.#io.on('connection', this.#welcome);
    this.#io.attach(http);
    this.#timers.push(
      setInterval(() => this.#beat(), BEAT),
      setInterval(() => {
        this.#delivery.reviveDrained();
        void this.#revocation.look();
      }, CHECK),
    );
    return this;
  }

  /** Open sockets of this process. */
  get sockets(): number {
    return this.#io.of('/').sockets.size;
  }

  /** Sends everybody to another process, or back here once this one is up again, each after a delay of their own. */
  async stop(): Promise<void> {
    this.#admission.close();
    for (const timer of this.#timers) clearInterval(timer);
    await this.#presence?.moving();
    const longest = Math.min((this.sockets / RETURNS_PER_SECOND) * 1000, LONGEST_DELAY);
    for (const socket of this.#io.of('/').sockets.values())
      dismiss(socket, { reason: 'moving', delay: Math.round(Math.random() * longest) });
    for (const end = performance.now() + CLOSING; this.#admission.connections > 0 && performance.now() < end;) await pause(10);
    this.#admission.cutAll();
    await this.#endReceiving();
  }

  /** Has everybody come back through the door: which rights there are changed. */
  callBack(): void {
    for (const socket of this.#io.of('/').sockets.values()) dismiss(socket, { reason: 'rights_changed' });
  }

  #pass({ room: to, topic, tags, text }: Message): void {
    const changed = topic === 'widgets' ? tags.map(versioned) : undefined;
    if (changed) this.emit('widgets', changed);
    if (topic === 'presence' && this.#presence?.received(text) === false) return;
    this.#delivery.toRoom(
      to,
      text,
      changed?.map(({ id }) => id),
    );
  }

  #obey(message: ControlMessage): void {
    this.#revocation.hear(message);
    if (message.kind === 'resync') this.#resync();
    this.emit('control', message);
  }

  /** While Redis is away pages hear from us and yet nothing new: they are told so with each beat, and at once when it begins. */
  #beat(): void {
    const silence = this.#presence?.silence ?? 0;
    const heldSince = this.#lostAt ?? (silence > STANDSTILL ? Date.now() - silence : undefined);
    this.#delivery.beat(Date.now(), heldSince);
  }

  #lost(): void {
    if (this.#lostAt !== undefined) return;
    this.#lostAt = Date.now();
    this.#beat();
  }

  #regained(): void {
    this.#lostAt = undefined;
    this.#beat();
    void this.#presence?.listening();
    this.emit('regained');
    this.#resync();
  }

  #resync(): void {
    live.resyncs.inc();
    this.#delivery.toRoom(room.all, encode('live:resync'));
  }

  readonly #welcome = (socket: LiveSocket): void => {
    const visitor = this.#admission.visitorOf(socket.request);
    if (!visitor) {
      socket.disconnect(true);
      return;
    }
    socket.data = {
      visitor,
      direct: undefined,
      queued: 0,
      watches: undefined,
      words: BURST,
      countedAt: performance.now(),
      signedOut: false,
    };
    this.#delivery.admit(socket);
    void socket.join([room.person(visitor.adminId), ...[...visitor.permissions].map(room.may)]); // at once: this adapter is in memory
    this.#listenTo(socket);
    live.sockets.inc();
    if (!this.#presence) return;
    if (visitor.permissions.has('presence.view')) {
      for (const packet of this.#presence.catchUp(holding.safeParse(socket.handshake.auth).data ?? {})) socket.conn.write(packet);
    }
    this.#presence.arrived(socket.id, visitor);
  };
}

/** What a tag of `widgets` says: `<id>:<version>`. */
function versioned(tag: string): { id: string; version: number } {
  const cut = tag.lastIndexOf(':');
  return { id: tag.slice(0, cut), version: Number(tag.slice(cut + 1)) };
}

/** Opens the sockets of this process on its HTTP server, once it hears what is published. */
export const createLive = (options: LiveOptions): Promise<Live> => new Live(options).start(options);
