import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  const [admin, { items: roles }, { items: permissions }] = await Promise.all([
    read('GET /admins/:id', { params: { id } }),
    read('GET /roles'),
    read('GET /permissions'),
  ]);
  return { admin, roles: roles.filter(role => admin.roles.some(held => held.id === role.id)), permissions, readAt: Date.now() };
}) satisfies PageLoad;
