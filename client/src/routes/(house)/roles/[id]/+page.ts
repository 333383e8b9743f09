import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  return { role: await read('GET /roles/:id', { params: { id } }) };
}) satisfies PageLoad;
