import { call, read } from '#lib/api.ts';
import { askedIn, oneOf, pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ url, parent }) => {
  await parent();
  const show = oneOf(['open', 'done'], askedIn(url, 'show')) ?? 'open';
  const whose = oneOf(['all', 'mine', 'shared'], askedIn(url, 'whose')) ?? 'all';
  const query = { ...pagingIn(url), show, whose };
  return {
    show,
    whose,
    /** The one that is opened at once. */
    todo: askedIn(url, 'todo'),
    list: new Listing(
      await read('GET /todos', { query }),
      () => call('GET /todos', { query }),
      ({ id }) => id,
    ),
  };
}) satisfies PageLoad;
