import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  const { account } = await parent();
  const [{ items: roles }, { items: permissions }] = await Promise.all([read('GET /roles'), read('GET /permissions')]);
  return { account, roles, permissions };
}) satisfies PageLoad;
