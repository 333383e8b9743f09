import { demand } from '#lib/demand.ts';
import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  const { account } = await parent();
  await demand('admins.disable');
  return { account, owned: await read('GET /admins/:id/owned', { params: { id } }) };
}) satisfies PageLoad;
