import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Method } from '#contract/endpoint.ts';
import { isNamed } from '#server/platform/http/parse.ts';

/** Of an answer what tells who was let in. */
export interface Answer {
  status: number;
  /** Of a problem. */
  code: string;
  body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
let places = 0;
/** Every knock comes from another place, so that no limit of a place answers instead of the door. */
const elsewhere = (): string => `10.${(++places >> 16) & 255}.${(places >> 8) & 255}.${places & 255}`;

export interface Knock {
  method: Method;
  /** Below `/api`; or the whole address, as it shall stand in the request. */
  path?: string;
  address?: string;
  /** Sent as JSON; or a text that is sent as it stands, and called JSON. */
  body?: unknown;
  text?: string;
  /** `undefined` takes one away. */
  headers?: Record<string, string | undefined>;
}
/** A program has a key; a browser none. */
interface Program {
  key?: string;
}

function headersOf(url: string, { key }: Program, cookie: string, { text, headers }: Knock): Record<string, string> {
  const all = {
    origin: url,
    'x-forwarded-for': elsewhere(),
    cookie: cookie === '' ? undefined : `quarterdeck=${cookie}`,
    authorization: key === undefined ? undefined : `Bearer ${key}`,
    'content-type': text === undefined ? undefined : 'application/json',
    'content-length': text === undefined ? undefined : String(Buffer.byteLength(text)),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Asks as somebody does. @param cookie of a session of theirs; empty for none */
export async function knock(url: string, who: Program, cookie: string, asked: Knock): Promise<Answer> {
  const { method, path = '', address = `/api${path}`, body } = asked;
  const text = asked.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    // `path` and not a URL, which would put an odd address right before it is sent
    const headers = headersOf(url, who, cookie, { ...asked, ...(text === undefined ? {} : { text }) });
    const sent = request({ agent, hostname, port, method, path: address, headers }, answer => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, code: /"code":"(\w+)"/.exec(body)?.[1] ?? '', body }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** An address of this route that names nothing there is. Files are named by their names, rows by ids. */
export const nowhere = (path: string): string => path.replaceAll(/:\w+/g, isNamed({ path }) ? 'no-such-thing' : randomUUID());

/** Codes that are only given to whoever may: they speak of the thing, or of what was sent. */
const BEHIND = new Set([404, 409, 410, 413, 415, 422]);

/** `allowed`, or the refusal with its code. */
export const cellOf = ({ status, code }: Answer): string =>
  (status >= 200 && status < 300) || BEHIND.has(status) ? 'allowed' : `${status} ${code}`;
