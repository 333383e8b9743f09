import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** How an answer goes wrong. Without any of these it is an empty 200. */
export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** The answer begins and breaks off in the middle. */
  half?: boolean;
  /** The answer comes only after so many ms. */
  afterMs?: number;
  /** No answer comes. */
  silent?: boolean;
  /** The connection is reset. */
  reset?: boolean;
  /** The message was taken all the same. */
  accepted?: boolean;
}

/** A request as it came. */
export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** The ways in which every service goes wrong some day. */
export const HTML_502: Fault = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><h1>502 Bad Gateway</h1></html>' };
export const HALF_JSON: Fault = { headers: { 'content-type': 'application/json' }, body: '{"ok":true,"channel":"C', half: true };
export const SLOW: Fault = { afterMs: 30_000, accepted: true };
export const ERROR_500: Fault = { status: 500 };

/** A service on loopback that answers as the real one does, remembers what it took, and goes wrong when it is told to. */
export abstract class Counterpart {
  /** How the next answers to a message go wrong, in order. */
  readonly faults: Fault[] = [];
  /** The end of each call's path, whatever became of it. */
  readonly calls: string[] = [];
  /** Where it answers; ends with a slash. */
  url = '';
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  readonly #waiting = new Set<ServerResponse>();
  readonly #ends = new AbortController();

  /** @param port 0 takes a free one */
  async start(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`; // of a server that listens on a port
    return this;
  }

  /** As ALLOWED_PRIVATE_HOSTS names it. */
  get host(): string {
    return new URL(this.url).host;
  }

  async stop(): Promise<void> {
    this.#ends.abort();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Forgets what it took and how it was to go wrong. */
  reset(): void {
    this.faults.length = 0;
    this.calls.length = 0;
    this.forget();
  }

  /** Ends the requests that were left without an answer. */
  cutSilent(): void {
    for (const response of this.#waiting) response.destroy();
    this.#waiting.clear();
  }

  protected abstract forget(): void;
  /** The answer to anything but a message. */
  protected abstract answer(asked: Asked): Answer;
  /** Whether it is a message, on which faults fall; and what takes it, and answers. */
  protected abstract message(asked: Asked): (() => Answer) | undefined;

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: await text(request),
    };
    this.calls.push(pathname.split('/').at(-1) ?? '');
    const take = this.message(asked);
    const fault = take && this.faults.shift();
    if (!fault) return send(response, take ? take() : this.answer(asked));
    if (fault.accepted) take();
    if (fault.afterMs !== undefined) await pause(fault.afterMs, undefined, { signal: this.#ends.signal }).catch(() => undefined);
    if (fault.reset) return void request.socket.resetAndDestroy();
    if (fault.silent) return void this.#waiting.add(response);
    if (fault.half) return half(response, fault);
    send(response, { status: 200, ...fault });
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

/** Promises more than comes. */
function half(response: ServerResponse, { status = 200, headers, body = '' }: Fault): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length + 100) });
  response.write(body, () => response.destroy());
}
