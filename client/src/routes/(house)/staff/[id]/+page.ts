import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  const { account } = await parent();
  return { account, departments: (await read('GET /departments')).items };
}) satisfies PageLoad;
