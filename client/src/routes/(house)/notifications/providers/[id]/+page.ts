import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent, depends }) => {
  await parent();
  depends('notifications:provider');
  await demand('providers.edit');
  const [provider, { items: rules }] = await Promise.all([
    read('GET /notification-providers/:id', { params: { id } }),
    read('GET /notification-rules', { query: { provider: id, pageSize: 200 } }),
  ]);
  return { provider, rules };
}) satisfies PageLoad;
