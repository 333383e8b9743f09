import { read } from '#lib/api.ts';
import { session } from '#lib/session.svelte.ts';
import type { PageLoad } from './$types';

/** Each half asks for a right of its own; without it, it is not asked for and says so. */
export const load = (async ({ params: { id }, parent }) => {
  const { account } = await parent();
  const mayLogins = session.may('admins.secure') && account.value.standing !== 'stronger';
  const [did, logins] = await Promise.all([
    session.may('activity.view') ? read('GET /activity', { query: { object: id } }) : undefined,
    mayLogins ? read('GET /admins/:id/logins', { params: { id } }) : undefined,
  ]);
  return { account, id, did, logins };
}) satisfies PageLoad;
