import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent, depends }) => {
  await parent();
  depends('staff:sessions');
  const { items } = await read('GET /admins/:id/sessions', { params: { id } });
  return { sessions: items, readAt: Date.now() };
}) satisfies PageLoad;
