import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  await demand('roles.edit');
  return { roles: (await read('GET /roles')).items };
}) satisfies PageLoad;
