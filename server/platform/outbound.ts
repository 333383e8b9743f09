import { lookup } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { say } from '../words/say.ts';
import { unreachable } from '../words/unreachable.ts';

/** The longest a request takes from the look-up to the last byte, in ms; for mail each stage. */
export const PATIENCE = 10_000;
/** The largest answer, in bytes, where a caller does not allow more. */
const LARGEST = 64 * 1024;
/** How long DNS may take for a record that is only looked at, in ms. */
const DNS_PATIENCE = 2000;
const HTTPS = 443;
/** Relay, submission with TLS, submission, and what hosters open where those are closed. */
const MAIL_PORTS: readonly number[] = [25, 465, 587, 2525];

/** Why nothing came back. The message is for people; it never holds what the other side answered. */
export class OutboundError extends Error {
  override name = 'OutboundError';
  /** `refused`: we do not go there; `timeout`; `too-large`; `unreachable`: no connection, or it broke. */
  readonly kind: 'refused' | 'timeout' | 'too-large' | 'unreachable';
  constructor(kind: OutboundError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface Outgoing {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Ends it earlier than the usual patience. */
  signal?: AbortSignal | undefined;
  /** The largest answer, in bytes, where that is not 64 KiB. */
  largest?: number;
}

/** Whether an address belongs to a host on the open internet: loopback, private, link-local, mapped and the like do not. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Networks of an organisation's own; this machine and what is link-local are in none of them. */
const INNER: readonly string[] = ['private', 'uniqueLocal', 'carrierGradeNat'];
/** Whether an address lies in one of these networks (CIDR), and is one that a network can give at all. */
function isWithin(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return (
    INNER.includes(ip.range()) && networks.map(text => ipaddr.parseCIDR(text)).some(net => net[0].kind() === ip.kind() && ip.match(net))
  );
}

/** `[::1]` as it stands in a URL, and `::1` as it is looked up, are one host. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();
const pair = (host: string, port: number): string => `${bare(host)}:${port}`;

const DEFAULT_PORTS: Record<string, number> = { 'https:': HTTPS, 'http:': 80, 'smtp:': 587, 'smtps:': 465 };
function pairOfUrl(text: string): string {
  const { hostname, port, protocol } = new URL(text);
  return pair(hostname, port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port));
}
function pairOfWords(words: string): string {
  const colon = words.lastIndexOf(':');
  return pair(words.slice(0, colon), Number(words.slice(colon + 1)));
}

/**
 * The one way out. Where admins may say whom to call, they must not reach what only this machine can reach: every address of
 * a name is judged when the connection is made, so that a name cannot change its mind in between.
 */
export class Outbound {
  readonly #allowed: ReadonlySet<string>;

  /**
   * @param options `allowedPrivateHosts`: exact `host:port` pairs that may be private, and may be called without TLS.
   * `operatorUrls`: addresses the operator set for the product itself, which count as such pairs.
   */
  constructor(options: { allowedPrivateHosts?: readonly string[]; operatorUrls?: readonly (string | undefined)[] } = {}) {
    const urls = (options.operatorUrls ?? []).flatMap(url => (url === undefined ? [] : [pairOfUrl(url)]));
    this.#allowed = new Set([...(options.allowedPrivateHosts ?? []).map(pairOfWords), ...urls]);
  }

  /** Whether the operator allowed this very host and port, wherever it is. */
  isAllowed(host: string, port: number): boolean {
    return this.#allowed.has(pair(host, port));
  }

  /**
   * Asks over HTTP, without following redirects. Any status is an answer.
   * @throws OutboundError
   */
  async request(target: string | URL, outgoing: Outgoing = {}): Promise<Response> {
    const url = this.#judgeUrl(target);
    const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? 0) : Number(url.port);
    // not AbortSignal.timeout: it goes on, and fires, long after the answer has come
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const signal = outgoing.signal ? AbortSignal.any([outgoing.signal, patience.signal]) : patience.signal;
    const { request } = url.protocol === 'https:' ? https : http;
    try {
      const lookup = this.#lookup(url.hostname, port);
      const asked = request(url, { method: outgoing.method ?? 'GET', headers: outgoing.headers, agent: false, lookup, signal });
      asked.end(outgoing.body);
      const [answer] = (await once(asked, 'response')) as [http.IncomingMessage]; // what 'response' carries
      return await read(answer, outgoing.largest ?? LARGEST);
    } catch (error) {
      throw explained(error, `${url.hostname}:${port}`, signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Connects to a mail server.
   * @returns a socket that is connected, without TLS yet
   * @throws OutboundError
   */
  async connect(host: string, port: number): Promise<net.Socket> {
    if (!MAIL_PORTS.includes(port) && !this.isAllowed(host, port)) throw refusedPort(host, port);
    const signal = AbortSignal.timeout(PATIENCE);
    const socket = new net.Socket();
    try {
      socket.connect({ host: bare(host), port, lookup: this.#lookup(host, port) });
      await once(socket, 'connect', { signal });
      return socket;
    } catch (error) {
      socket.destroy();
      throw explained(error, `${host}:${port}`, signal.aborted);
    }
  }

  /**
   * Sees whether a host answers: by a connection to `host:port`, or by the status of a GET to a URL, of which no body is read. Names and
   * ports are free here, and addresses may also lie in `networks`.
   * @param within how long it may take, in ms.
   * @returns the status; nothing for a port.
   * @throws OutboundError
   */
  async probe(target: string, { within, networks }: { within: number; networks: readonly string[] }): Promise<number | undefined> {
    const url = /^https?:/i.test(target) ? new URL(target) : undefined;
    const { hostname, port } = url ?? new URL(`tcp://${target}`);
    const place = Number(port) || (DEFAULT_PORTS[url?.protocol ?? ''] ?? 0);
    const signal = AbortSignal.timeout(within);
    const socket = new net.Socket({ signal });
    try {
      const lookup = this.#lookup(hostname, place, networks);
      if (!url) {
        socket.connect({ host: bare(hostname), port: place, lookup });
        await once(socket, 'connect', { signal });
        return undefined;
      }
      const { request } = url.protocol === 'https:' ? https : http;
      const asked = request(url, { agent: false, lookup, signal }).end();
      const [answer] = (await once(asked, 'response')) as [http.IncomingMessage]; // what 'response' carries
      asked.destroy();
      return answer.statusCode;
    } catch (error) {
      throw explained(error, `${hostname}:${place}`, signal.aborted, within);
    } finally {
      socket.destroy();
    }
  }

  /** The texts that DNS has under a name, none where there is no such name; undefined when it does not answer. */
  async texts(name: string): Promise<string[] | undefined> {
    try {
      return (await new Resolver({ timeout: DNS_PATIENCE, tries: 1 }).resolveTxt(name)).map(parts => parts.join(''));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : undefined;
    }
  }

  #judgeUrl(target: string | URL): URL {
    const url = URL.parse(String(target));
    if (!url) throw new OutboundError('refused', say('This is not an address.'));
    const allowed = this.#allowed.has(pairOfUrl(url.href));
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowed))
      throw new OutboundError(
        'refused',
        say('The address must begin with https:, or the operator allow it with ALLOWED_PRIVATE_HOSTS={pair}.', {
          pair: pairOfUrl(url.href),
        }),
      );
    if (url.username !== '' || url.password !== '')
      throw new OutboundError('refused', say('A name or password in the address is not sent.'));
    if (url.port !== '' && !allowed) throw refusedPort(url.hostname, Number(url.port));
    return url;
  }

  /** Looks a name up for one connection and refuses it when any of its addresses is not public. A literal address is judged at once. */
  #lookup(host: string, port: number, networks: readonly string[] = []): LookupFunction {
    const allowed = this.isAllowed(host, port);
    const isOpen = (address: string): boolean => isPublic(address) || isWithin(address, networks);
    // for a literal address nobody asks
    if (!allowed && net.isIP(bare(host)) !== 0 && !isOpen(bare(host))) throw refusedAddress(host, port);
    return (name, options, callback) => {
      lookup(name, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error || !first) callback(error ?? new Error('no address'), []);
        else if (!allowed && !addresses.every(({ address }) => isOpen(address))) callback(refusedAddress(host, port), []);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    };
  }
}

const refusedAddress = (host: string, port: number): OutboundError =>
  new OutboundError(
    'refused',
    say('{host} is not on the open internet. The operator can allow it with ALLOWED_PRIVATE_HOSTS={pair}.', {
      host,
      pair: pair(host, port),
    }),
  );
const refusedPort = (host: string, port: number): OutboundError =>
  new OutboundError(
    'refused',
    say('Port {port} is not a usual one. The operator can allow it with ALLOWED_PRIVATE_HOSTS={pair}.', { port, pair: pair(host, port) }),
  );

async function read(answer: http.IncomingMessage, largest: number): Promise<Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest)
      throw new OutboundError('too-large', say('The answer is larger than {size} KB.', { size: Math.round(largest / 1024) }));
    chunks.push(chunk);
  }
  const status = answer.statusCode ?? 502; // always there on an answer that was received
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  );
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless ? null : Buffer.concat(chunks), { status, headers });
}

function explained(error: unknown, where: string, late: boolean, patience = PATIENCE): OutboundError {
  if (error instanceof OutboundError) return error;
  if (late)
    return new OutboundError('timeout', say('{where} did not answer within {seconds} s.', { where, seconds: patience / 1000 }), {
      cause: error,
    });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new OutboundError('unreachable', unreachable(code, where), { cause: error });
}
