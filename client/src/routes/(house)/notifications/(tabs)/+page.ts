import { call, read } from '#lib/api.ts';
import { pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ url, parent }) => {
  await parent();
  const query = pagingIn(url);
  const [rules, { items: providers }] = await Promise.all([
    read('GET /notification-rules', { query }),
    read('GET /notification-providers'),
  ]);
  return {
    list: new Listing(
      rules,
      () => call('GET /notification-rules', { query }),
      ({ id }) => id,
    ),
    ready: providers.some(({ state }) => state === 'active'),
  };
}) satisfies PageLoad;
