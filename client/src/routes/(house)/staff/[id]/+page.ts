import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  // The account first: whoever may not see it is to be told of that right, not of the one for roles.
  const admin = await read('GET /admins/:id', { params: { id } });
  const [{ items: roles }, { items: permissions }] = await Promise.all([read('GET /roles'), read('GET /permissions')]);
  return { admin, roles: roles.filter(role => admin.roles.some(held => held.id === role.id)), permissions, readAt: Date.now() };
}) satisfies PageLoad;
