import type { ActivityFilter } from '#contract/activity.ts';
import { ActivityTail, isFamily } from '#lib/activity.svelte.ts';
import { read } from '#lib/api.ts';
import { askedIn, pagingIn } from '#lib/list-address.ts';
import type { PageLoad } from './$types';

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
const isShort = (longest: number) => (text: string) => text.length <= longest;
/** What else may be asked for. Addresses are typed and old: what cannot be asked counts as absent. */
const ASKED = {
  type: isShort(100),
  actor: isId,
  object: isId,
  address: isShort(64),
  session: isId,
  from: isMoment,
  to: isMoment,
  search: isShort(100),
};
const NAMES = Object.keys(ASKED) as (keyof typeof ASKED)[]; // a constant's keys are those it is written with
/** A number of the stream, if the address has one. */
const numberIn = (url: URL, name: string) => Number(/^[1-9]\d{0,14}$/.exec(askedIn(url, name) ?? '')?.[0]) || undefined;

/** What is asked for stands in the address; the entry that is open there is loaded with it if the page of the log has it not. */
export const load: PageLoad = async ({ url, parent, untrack }) => {
  await parent();
  const filter: ActivityFilter = {};
  const family = askedIn(url, 'family');
  if (isFamily(family)) filter.family = family;
  for (const name of NAMES) {
    const asked = askedIn(url, name);
    if (asked !== undefined && ASKED[name](asked)) filter[name] = asked;
  }
  const before = numberIn(url, 'before');
  const { pageSize } = pagingIn(url);
  const query = { ...filter, pageSize };
  const [{ items, next }, chain, kept] = await Promise.all([
    read('GET /activity', { query: { ...query, ...(before && { before }) } }),
    read('GET /activity/chain'),
    read('GET /me/activity-filters'),
  ]);

  const open = untrack(() => numberIn(url, 'entry'));
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
