import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  const [role, { items: permissions }] = await Promise.all([read('GET /roles/:id', { params: { id } }), read('GET /permissions')]);
  return { role, permissions };
}) satisfies PageLoad;
