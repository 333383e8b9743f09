import type { BrowserToServer, Farewell, Holding, ServerToBrowser } from '#contract/live.ts';
import { Handlers, type Told } from './live-handlers.ts';
import { type LinkSocket, makeSocket } from './live-socket.ts';
import { Watch, retryDelay } from './live-watch.ts';
import { httpWorks } from './live-works.ts';

/** `held`: the link is alive, but the server itself is told nothing, since Redis does not answer. `polling`: no socket comes through
    from here, HTTP does; the page reads every 10 s. */
export type LiveState = 'connecting' | 'live' | 'held' | 'down' | 'polling';
type Here = Parameters<BrowserToServer['presence:here']>[0];

const LOOK_MS = 250;
const POLL_MS = 10_000;
/** Tries that fail before it is asked whether HTTP works where the socket does not. */
const PATIENCE = 3;
/** When the server calls all pages to read again, they spread over this time. */
const SPREAD_MS = 2000;

/** The one live link of the page. It knows within 5 s when it is dead, and comes back by itself. */
export class Live {
  state = $state<LiveState>('connecting');
  /** When there was last word of what changes, in ms since 1970. */
  heardAt = $state(Date.now());
  /** When the next try is due, in ms. */
  retryAt = $state(0);
  /** The last opening's round trip over this very link, in ms. */
  latency = $state<number>();
  /** Why the server closed the link, until it is back. */
  lostBecause = $state.raw<Farewell>();
  /** What the page holds, said at the door so that only what it lacks is sent. */
  holding: () => Holding = () => ({});

  /** Whether nothing new can arrive: what is shown grows old. */
  get silent(): boolean {
    return this.state === 'down' || this.state === 'held';
  }

  readonly #works: () => Promise<boolean>;
  readonly #watch = new Watch();
  readonly #handlers = new Handlers();
  #socket: LinkSocket | undefined;
  /** The same socket, for all who wait for its library. */
  #coming: Promise<LinkSocket> | undefined;
  #here: Here | undefined;
  #watched: string[] | undefined;
  #failures = 0;
  #closed = true;
  #asking = false;
  /** Since the link was lost the server was reached over HTTP. */
  #reached = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;

  /** @param works asks over HTTP whether the server can be reached. */
  constructor(works: () => Promise<boolean>) {
    this.#works = works;
  }

  /** Opens the link after the next paint, since what is shown first needs none. @returns what closes it. */
  open(): () => void {
    this.#closed = false;
    const looking = setInterval(() => this.#look(), LOOK_MS);
    addEventListener('online', this.#wake);
    addEventListener('pageshow', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    // A hidden tab never paints.
    if (document.hidden) void this.#connect();
    else requestAnimationFrame(() => setTimeout(() => void this.#connect()));
    return () => {
      this.#closed = true;
      clearInterval(looking);
      clearTimeout(this.#retry);
      clearTimeout(this.#poll);
      removeEventListener('online', this.#wake);
      removeEventListener('pageshow', this.#wake);
      document.removeEventListener('visibilitychange', this.#wake);
      this.#socket?.disconnect();
      this.#socket = this.#coming = undefined;
      this.state = 'connecting';
    };
  }

  /** Tries at once, whatever was planned. */
  reconnect(): void {
    if (this.#closed || this.#socket?.connected) return;
    this.#socket?.disconnect();
    void this.#connect();
  }

  /** @returns what ends the listening. */
  on<E extends keyof ServerToBrowser>(event: E, handler: Told[E]): () => void {
    return this.#handlers.on(event, handler);
  }

  /**
   * Calls `read` whenever something may have been missed: the link opened, the server lost its own, or there is none and 10 s
   * have passed. @returns what ends it.
   */
  follow(read: () => void): () => void {
    const ends = [this.#handlers.on('live:resync', read), this.#handlers.on('connect', read)];
    return () => ends.forEach(end => end());
  }

  /**
   * Says which widgets this page shows, now and after each return; it is sent no others.
   * @param read is called once more are sent than before: what happened to those meanwhile was not.
   */
  watch(ids: string[], read: () => void): void {
    const before = this.#watched;
    const more = before !== undefined && ids.some(id => !before.includes(id));
    if (before && !more && ids.length === before.length) return;
    this.#watched = ids;
    // A link that opens later begins with a read of its own.
    if (this.#socket?.connected) this.#socket.emit('widgets:watched', ids, more ? read : () => undefined);
  }

  /** Says where the person is, now and after each return. */
  here(at: Here): void {
    this.#here = at;
    if (this.#socket?.connected) this.#socket.emit('presence:here', at);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      this.#coming ??= this.#listen();
      this.#socket = await this.#coming;
    } catch {
      // The library is a file of its own, and the server may be away.
      this.#coming = undefined;
      this.#failed();
      return;
    }
    if (!this.#closed) this.#socket.connect();
  }

  async #listen(): Promise<LinkSocket> {
    const socket = await makeSocket(() => this.holding());
    let openedAt = 0;
    socket.io.on('open', () => (openedAt = performance.now()));
    socket.on('connect', () => this.#opened(performance.now() - openedAt));
    socket.on('disconnect', () => this.#lost());
    socket.on('connect_error', () => this.#failed());
    socket.onAny((event: string, ...told: unknown[]) => this.#hear(event, told));
    return socket;
  }

  #opened(latency: number): void {
    clearTimeout(this.#poll);
    this.#failures = 0;
    this.#reached = false;
    this.#heard();
    this.latency = latency;
    this.lostBecause = undefined;
    this.state = 'live';
    if (this.#here) this.here(this.#here);
    if (this.#watched) this.#socket?.emit('widgets:watched', this.#watched, () => undefined);
    this.#handlers.tell('connect');
  }

  #hear(event: string, told: unknown[]): void {
    if (event === 'live:beat') this.#beat(told[1]);
    else this.#heard();
    if (event === 'live:farewell') this.lostBecause = told[0] as Farewell;
    if (event === 'live:resync') setTimeout(() => this.#handlers.tell(event), Math.random() * SPREAD_MS);
    else this.#handlers.tell(event, ...told);
  }

  /** A beat says that the link is alive, and whether anything can come by it. */
  #beat(heldSince: unknown): void {
    this.#watch.heard(Date.now());
    if (typeof heldSince === 'number') this.state = 'held';
    else {
      this.heardAt = Date.now();
      if (this.state === 'held') this.state = 'live';
    }
  }

  #heard(): void {
    this.heardAt = Date.now();
    this.#watch.heard(this.heardAt);
  }

  #look(): void {
    if (this.#watch.isDead(Date.now()) && this.#socket?.connected) this.#socket.disconnect();
  }

  readonly #wake = (): void => {
    if (document.hidden) return;
    if (this.#socket?.connected) this.#look();
    else if (this.retryAt > Date.now()) this.reconnect();
  };

  #lost(): void {
    if (this.#closed) return;
    const { reason, delay } = this.lostBecause ?? {};
    this.state = reason === 'rights_changed' ? 'connecting' : 'down';
    if (reason === 'signed_out') return;
    this.#retryIn(reason === 'rights_changed' ? 0 : (delay ?? retryDelay(0)));
  }

  #failed(): void {
    if (this.#closed) return;
    this.#failures += 1;
    if (this.state !== 'polling') this.state = 'down';
    this.#retryIn(retryDelay(this.#failures));
    if (this.state === 'down' && this.#failures >= PATIENCE) void this.#readInstead();
  }

  #retryIn(ms: number): void {
    clearTimeout(this.#retry);
    this.retryAt = Date.now() + ms;
    this.#retry = setTimeout(() => void this.#connect(), ms);
  }

  /** Where HTTP works and the socket does not, some proxy lets none through: then all who follow the link read every 10 s. */
  async #readInstead(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const works = await this.#works();
    this.#asking = false;
    if (this.#closed || this.#socket?.connected) return;
    const known = this.#reached;
    this.#reached = works;
    // only a socket that fails after HTTP worked says anything about sockets: with a network that comes back, both do
    if (works && !known) return this.reconnect();
    this.state = works ? 'polling' : 'down';
    if (!works) return;
    this.#heard();
    this.#handlers.tell('live:resync');
    this.#poll = setTimeout(() => void this.#readInstead(), POLL_MS);
  }
}

export const live = new Live(httpWorks);
