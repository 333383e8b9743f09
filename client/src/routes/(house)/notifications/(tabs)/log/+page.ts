import { call, read } from '#lib/api.ts';
import { DeliveryLog } from '#lib/delivery-log.svelte.ts';
import { DELIVERY_STATES } from '#lib/delivery-state.ts';
import { askedIn, oneOf, pagingIn } from '#lib/list-address.ts';
import { session } from '#lib/session.svelte.ts';
import type { PageLoad } from './$types';

/** What is asked for stands in the address. Providers and rules are named to those who may see them. */
export const load = (async ({ url, parent }) => {
  await parent();
  const paging = pagingIn(url);
  const filter = {
    state: oneOf(DELIVERY_STATES, askedIn(url, 'state')),
    provider: askedIn(url, 'provider'),
    rule: askedIn(url, 'rule'),
    event: askedIn(url, 'event'),
    toldBy: askedIn(url, 'toldBy'),
    from: askedIn(url, 'from'),
    search: askedIn(url, 'search'),
  };
  const query = { ...filter, ...paging };
  const [{ items, total }, providers, rules] = await Promise.all([
    read('GET /deliveries', { query }),
    session.may('rules.view') ? read('GET /notification-providers').then(({ items }) => items) : [],
    session.may('rules.view') ? read('GET /notification-rules', { query: { pageSize: 200 } }).then(({ items }) => items) : [],
  ]);
  return { log: new DeliveryLog(items, total), filter, paging, providers, rules, again: () => call('GET /deliveries', { query }) };
}) satisfies PageLoad;
