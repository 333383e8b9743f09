import { heardBy, toldTo } from '#contract/live.ts';
import { routes } from '../app.ts';
import { limitOf } from '../platform/http/limits.ts';

/** A route of the API, or a message of the sockets, for whoever checks them from outside. */
interface Listed {
  /** An HTTP method; `SOCKET` for a message, of which `path` is the name. */
  method: string;
  path: string;
  /** A right, or the word for where none is asked for. */
  needs: string;
  /** Whether it asks for a fresh proof of who it is. */
  confirmed: boolean;
  limit: { name: string; points: number; seconds: number } | null;
  /** Types of the events that a success records. */
  records: readonly string[];
}

const message = (path: string, needs: string): Listed => ({
  method: 'SOCKET',
  path,
  needs,
  confirmed: false,
  limit: null,
  records: [],
});

/** All that answers from outside, in order of its address. */
export function listRoutes(): Listed[] {
  const http = routes.map(({ endpoint: { method, path }, needs, confirmed, limit, records }): Listed => {
    const recorded = records && 'nothing' in records ? [] : (records ?? []);
    return { method, path: `/api${path}`, needs, confirmed, limit: limit ? { name: limit, ...limitOf(limit) } : null, records: recorded };
  });
  const live = Object.entries({ ...toldTo, ...heardBy }).map(([name, needs]) => message(name, needs));
  return [...http.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1)), ...live];
}

/** The same as lines to read. */
export const linesOf = (all: readonly Listed[]): string[] =>
  all.map(({ method, path, needs, limit }) =>
    [method.padEnd(6), path.padEnd(48), needs.padEnd(20), limit ? `${limit.points} in ${limit.seconds} s` : ''].join(' ').trimEnd(),
  );
