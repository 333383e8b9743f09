import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { roles: (await read('GET /roles')).items };
}) satisfies PageLoad;
