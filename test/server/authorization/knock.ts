import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Method } from '#contract/endpoint.ts';
import type { Knocker } from './actors.ts';

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

interface Knock {
  method: Method;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

function headersOf(url: string, { key }: Pick<Knocker, 'key'>, cookie: string): Record<string, string> {
  return {
    origin: url,
    'x-forwarded-for': elsewhere(),
    ...(cookie === '' ? {} : { cookie: `quarterdeck=${cookie}` }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
}

/** Asks as somebody does. @param cookie of a session of theirs; empty for none */
export async function knock(
  url: string,
  who: Pick<Knocker, 'key'>,
  cookie: string,
  { method, path, body, headers }: Knock,
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/api${path}`,
      {
        agent,
        method,
        headers: {
          ...headersOf(url, who, cookie),
          ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
        },
      },
      answer => {
        let body = '';
        answer.setEncoding('utf8').on('data', (part: string) => (body += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, code: /"code":"(\w+)"/.exec(body)?.[1] ?? '', body }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}

/** An address of this route that names nothing there is. Files are named by their names, rows by ids. */
export const nowhere = (path: string): string =>
  path.replaceAll(/:\w+/g, /^\/(widgets|notification-providers)\//.test(path) ? 'no-such-thing' : randomUUID());

/** Codes that are only given to whoever may: they speak of the thing, or of what was sent. */
const BEHIND = new Set([404, 409, 410, 413, 415, 422]);

/** `allowed`, or the refusal with its code. */
export const cellOf = ({ status, code }: Answer): string =>
  (status >= 200 && status < 300) || BEHIND.has(status) ? 'allowed' : `${status} ${code}`;
