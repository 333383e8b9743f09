import { call, read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import { askedIn } from '#lib/list-address.ts';
import { ApiProblem } from '#lib/problem.ts';
import type { PageLoad } from './$types';

/** The invitation that a new one shall be like; one that is gone proposes nothing. */
async function likeIn(url: URL) {
  const id = askedIn(url, 'like');
  if (id === undefined) return undefined;
  return call('GET /invitations/:id', { params: { id } }).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'not_found') return undefined;
    throw error;
  });
}

export const load = (async ({ parent, url }) => {
  await parent();
  await demand('admins.invite');
  const [{ items: roles }, { items: permissions }, { items: departments }, like] = await Promise.all([
    read('GET /roles'),
    read('GET /permissions'),
    read('GET /departments'),
    likeIn(url),
  ]);
  return { roles, permissions, departments, like };
}) satisfies PageLoad;
