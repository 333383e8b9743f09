import { call, read } from '#lib/api.ts';
import { late } from '#lib/late.ts';
import { askedIn, oneOf, pagingIn } from '#lib/list-address.ts';
import { Listing } from '#lib/listing.svelte.ts';
import { session } from '#lib/session.svelte.ts';
import type { PageLoad } from './$types';

const BY = ['name', 'username', 'email', 'lastSeen', 'joined', 'disabled'] as const;
const SORTS = [...BY, ...BY.map(by => `-${by}` as const)];
const ID = /^[\da-f-]{36}$/i;
const STATES = ['open', 'pending', 'accepted', 'expired', 'revoked'] as const;

/** Which list, and what of it, stands in the address. Every tab shows the counts of all three. */
export const load = (async ({ url, parent }) => {
  await parent();
  const search = askedIn(url, 'search');
  const paging = pagingIn(url);
  const tab = oneOf(['active', 'invited', 'disabled'], askedIn(url, 'tab')) ?? 'active';
  if (tab === 'invited') {
    const inviter = askedIn(url, 'inviter');
    const query = {
      ...paging,
      search,
      state: oneOf(STATES, askedIn(url, 'state')) ?? ('open' as const),
      inviter: inviter !== undefined && ID.test(inviter) ? inviter : undefined,
    };
    const ask = async (get: typeof read) => {
      const [list, { counts }] = await Promise.all([get('GET /invitations', { query }), get('GET /admins', { query: { pageSize: 25 } })]);
      return { ...list, counts };
    };
    const { default: Invited } = await late(import('./Invited.svelte'));
    return {
      tab,
      query,
      Invited,
      list: new Listing(
        await ask(read),
        () => ask(call),
        ({ id }) => id,
      ),
    };
  }
  const idIn = (name: string) => {
    const asked = askedIn(url, name);
    return asked !== undefined && ID.test(asked) ? asked : undefined;
  };
  const query = {
    ...paging,
    state: tab,
    search,
    role: idIn('role'),
    department: idIn('department'),
    secondFactor: oneOf(['on', 'off', 'missing'] as const, askedIn(url, 'secondFactor')),
    presence: session.may('presence.view') ? oneOf(['online', 'away', 'gone'] as const, askedIn(url, 'presence')) : undefined,
    sort: oneOf(SORTS, askedIn(url, 'sort')) ?? ('name' as const),
  };
  // Accounts first: whoever may not see them is to be told of that right, not of the one for roles.
  const list = new Listing(
    await read('GET /admins', { query }),
    () => call('GET /admins', { query }),
    ({ id }) => id,
  );
  const [roles, departments, { default: Accounts }] = await Promise.all([
    read('GET /roles'),
    read('GET /departments'),
    late(import('./Accounts.svelte')),
  ]);
  return { tab, query, list, Accounts, roles: roles.items, departments: departments.items };
}) satisfies PageLoad;
