import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import type { Log } from '../log.ts';
import { live } from '../metrics.ts';
import type { Door, Visitor } from './visitor.ts';

const AT_ONCE = 64;
/** As many as the kernel's queue of connections holds. */
const MOST_WAITING = 4096;
const PER_SESSION = 10;
const PER_ADDRESS = 200;

type Refusal = 'foreign_origin' | 'signed_out' | 'too_many_sockets' | 'busy' | 'unavailable';
type Answer = (refusal: Refusal | null, admitted: boolean) => void;

export interface AdmissionOptions {
  door: Door;
  /** The one origin whose pages may connect, such as `https://admin.example.com`. */
  baseOrigin: () => string;
  /** Where a request comes from, proxies considered. */
  addressOf: (request: IncomingMessage) => string;
  log: Pick<Log, 'error'>;
}

const ignore = (): void => undefined;

/**
 * The door of the sockets. A WebSocket is not covered by CORS, and browsers send the cookie along from any site: the origin must be ours, exactly.
 * Handshakes beyond 64 at once wait for their turn, so that a thousand browsers that return together do not starve those already here.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #visitors = new WeakMap<IncomingMessage, Visitor>();
  /** The connections that came in, and what each is counted under. */
  readonly #held = new Map<TcpSocket, string[]>();
  readonly #count = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #closed = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** For engine.io's `allowRequest`. */
  readonly allow = (request: IncomingMessage, answer: Answer): void => {
    // While a handshake waits nobody else listens: a connection reset meanwhile would end the process.
    request.socket.on('error', ignore);
    void this.#decide(request).then(
      refusal => this.#answer(refusal, answer),
      (err: unknown) => {
        this.#options.log.error({ err }, 'live: the door could not be asked');
        this.#answer('unavailable', answer);
      },
    );
  };

  visitorOf(request: IncomingMessage): Visitor | undefined {
    return this.#visitors.get(request);
  }

  /** From now on nobody comes in. */
  close(): void {
    this.#closed = true;
  }

  get connections(): number {
    return this.#held.size;
  }

  /** Cuts off whoever is still connected. */
  cutAll(): void {
    for (const tcp of this.#held.keys()) tcp.destroy();
  }

  #answer(refusal: Refusal | undefined, answer: Answer): void {
    if (refusal) live.refusals.inc({ reason: refusal });
    answer(refusal ?? null, refusal === undefined);
  }

  async #decide(request: IncomingMessage): Promise<Refusal | undefined> {
    if (!this.#isOurPage(request)) return 'foreign_origin';
    const address = `address:${this.#options.addressOf(request)}`;
    if (this.#isFull(address, PER_ADDRESS)) return 'too_many_sockets';
    if (this.#closed || this.#waiting.length >= MOST_WAITING) return 'busy';
    if (this.#inFlight >= AT_ONCE) await new Promise<void>(resolve => this.#waiting.push(resolve));
    else this.#inFlight += 1;
    try {
      if (this.#closed || request.socket.destroyed) return 'busy';
      const visitor = await this.#options.door(request);
      if (!visitor) return 'signed_out';
      const session = `session:${visitor.sessionId}`;
      if (this.#isFull(session, PER_SESSION) || this.#isFull(address, PER_ADDRESS)) return 'too_many_sockets';
      this.#hold(request.socket, [session, address]);
      this.#visitors.set(request, visitor);
      return undefined;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inFlight -= 1;
    }
  }

  /** A program that is no browser may leave the origin out; a browser cannot. */
  #isOurPage({ headers }: IncomingMessage): boolean {
    if (headers.origin !== undefined) return headers.origin === this.#options.baseOrigin();
    return !Object.keys(headers).some(name => name.startsWith('sec-fetch-'));
  }

  #isFull(key: string, most: number): boolean {
    return (this.#count.get(key) ?? 0) >= most;
  }

  /** Counted by TCP connection, whose end is certain, whatever becomes of the handshake. */
  #hold(tcp: TcpSocket, keys: string[]): void {
    if (tcp.destroyed) return;
    for (const key of keys) this.#count.set(key, (this.#count.get(key) ?? 0) + 1);
    this.#held.set(tcp, keys);
    tcp.once('close', this.#release);
  }

  readonly #release = release(this.#held, this.#count);
}

/** One listener for all connections, told by `this` which one closed. */
function release(held: Map<TcpSocket, string[]>, count: Map<string, number>) {
  return function (this: TcpSocket): void {
    for (const key of held.get(this) ?? []) {
      const left = (count.get(key) ?? 0) - 1;
      if (left > 0) count.set(key, left);
      else count.delete(key);
    }
    held.delete(this);
  };
}
