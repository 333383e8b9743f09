import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  await demand('admins.edit');
  const [roles, departments, front] = await Promise.all([read('GET /roles'), read('GET /departments'), read('GET /front')]);
  return { roles: roles.items, departments: departments.items, passwordMinimum: front.passwordMinimum };
}) satisfies PageLoad;
