import { call, read } from '#lib/api.ts';
import { pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ url, parent }) => {
  await parent();
  const query = pagingIn(url);
  return {
    list: new Listing(
      await read('GET /kept-mail', { query }),
      () => call('GET /kept-mail', { query }),
      ({ deliveryId }) => deliveryId,
    ),
  };
}) satisfies PageLoad;
