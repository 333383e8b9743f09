import type { ActivityFilter } from '#contract/activity.ts';
import { ActivityTail, isFamily } from '#lib/activity.svelte.ts';
import { read } from '#lib/api.ts';
import { askedIn } from '#lib/list-address.ts';
import { session } from '#lib/session.svelte.ts';
import type { PageLoad } from './$types';

const TEXTS = ['type', 'actor', 'object', 'address', 'session', 'from', 'to', 'search'] as const;

/** What is asked for stands in the address; the entry that is open there is loaded with it if the page of the log has it not. */
export const load: PageLoad = async ({ url, parent, untrack }) => {
  await parent();
  const filter: ActivityFilter = {};
  const family = askedIn(url, 'family');
  if (isFamily(family)) filter.family = family;
  for (const name of TEXTS) {
    const asked = askedIn(url, name);
    if (asked !== undefined) filter[name] = asked;
  }
  const before = Number(askedIn(url, 'before')) || undefined;
  const pageSize = Number(askedIn(url, 'pageSize')) || session.rowsPerPage;
  const query = { ...filter, pageSize };
  const [{ items, next }, chain, kept] = await Promise.all([
    read('GET /activity', { query: { ...query, ...(before && { before }) } }),
    read('GET /activity/chain'),
    read('GET /me/activity-filters'),
  ]);

  const open = untrack(() => Number(askedIn(url, 'entry')));
  const linked =
    open && !items.some(({ seq }) => seq === open) ? await read('GET /activity', { query: { before: open + 1, pageSize: 1 } }) : undefined;
  return {
    tail: new ActivityTail(items),
    next,
    filter,
    query,
    before,
    chain,
    kept: kept.items,
    linked: linked?.items.find(({ seq }) => seq === open),
  };
};
