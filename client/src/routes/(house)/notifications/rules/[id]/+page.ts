import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  const [rule, { events, names }, { items: providers }] = await Promise.all([
    read('GET /notification-rules/:id', { params: { id } }),
    read('GET /notification-rules/catalogue'),
    read('GET /notification-providers'),
  ]);
  return { rule, events, names, providers };
}) satisfies PageLoad;
