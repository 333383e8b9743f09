import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { settings: await read('GET /settings') };
}) satisfies PageLoad;
