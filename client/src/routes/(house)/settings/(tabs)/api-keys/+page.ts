import { call, read } from '#lib/api.ts';
import { pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ url, parent }) => {
  await parent();
  const query = pagingIn(url);
  return {
    list: new Listing(
      await read('GET /api-keys', { query }),
      () => call('GET /api-keys', { query }),
      ({ id }) => id,
    ),
  };
}) satisfies PageLoad;
