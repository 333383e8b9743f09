import { read } from '#lib/api.ts';
import { ActivityTail } from '#lib/activity.svelte.ts';
import { session } from '#lib/session.svelte.ts';
import type { PageLoad } from './$types';
import { isFamily } from './families.ts';

/** What is asked for stands in the address; the entry that is open there is loaded with it if the page of the log has it not. */
export const load: PageLoad = async ({ url, parent, untrack }) => {
  await parent();
  const asked = (name: string) => url.searchParams.get(name) || undefined;
  const family = asked('family');
  const filter = { family: isFamily(family) ? family : undefined, type: asked('type'), search: asked('search') };
  const before = Number(asked('before')) || undefined;
  const pageSize = Number(asked('pageSize')) || session.rowsPerPage;
  const query = { ...filter, pageSize };
  const { items, next } = await read('GET /activity', { query: { ...query, ...(before && { before }) } });

  const open = untrack(() => Number(asked('entry')));
  const linked =
    open && !items.some(({ seq }) => seq === open) ? await read('GET /activity', { query: { before: open + 1, pageSize: 1 } }) : undefined;
  return { tail: new ActivityTail(items), next, filter, query, before, linked: linked?.items.find(({ seq }) => seq === open) };
};
