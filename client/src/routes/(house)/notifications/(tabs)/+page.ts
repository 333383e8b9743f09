import { call, read } from '#lib/api.ts';
import { askedIn, oneOf, pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import type { PageLoad } from './$types';

const STATES = ['on', 'off'] as const;

export const load = (async ({ url, parent }) => {
  await parent();
  const filter = { event: askedIn(url, 'event'), provider: askedIn(url, 'provider'), state: oneOf(STATES, askedIn(url, 'state')) };
  const query = { ...filter, ...pagingIn(url) };
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
    filter,
    providers,
    ready: providers.some(({ state }) => state === 'active'),
  };
}) satisfies PageLoad;
