import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  await demand('admins.invite');
  const [{ items: roles }, { items: permissions }] = await Promise.all([read('GET /roles'), read('GET /permissions')]);
  return { roles, permissions };
}) satisfies PageLoad;
