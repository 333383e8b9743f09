import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { profile: await read('GET /me/profile') };
}) satisfies PageLoad;
