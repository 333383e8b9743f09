import { ROWS_PER_PAGE } from './rows.ts';
import { session } from './session.svelte.ts';

/** An address with some of its query changed; what is empty goes. */
export function addressWith(url: Pick<URL, 'href'>, change: Record<string, string | undefined>): URL {
  const next = new URL(url.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  }
  return next;
}

/** What the query asks for under a name, if anything. */
export const askedIn = (url: { searchParams: Pick<URLSearchParams, 'get'> }, name: string): string | undefined =>
  url.searchParams.get(name)?.trim() || undefined;

/** One of the words allowed, if the query asks for it. Addresses are typed and old: what is no such word counts as absent. */
export const oneOf = <Word extends string>(words: readonly Word[], asked: string | undefined): Word | undefined =>
  words.find(word => word === asked);

/** Page and *Records to Display per Page* as the address asks for them, else the person's own number. */
export function pagingIn(url: URL): { page: number; pageSize: number } {
  const page = Number(url.searchParams.get('page'));
  const size = Number(url.searchParams.get('pageSize'));
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: ROWS_PER_PAGE.find(rows => rows === size) ?? session.rowsPerPage,
  };
}

/** Keeps the number of rows for the person. That this may fail costs nothing here, since the address has it. */
export function keepRows(size: number): void {
  const rowsPerPage = ROWS_PER_PAGE.find(rows => rows === size);
  if (rowsPerPage) session.prefer({ rowsPerPage }).catch(() => undefined);
}
