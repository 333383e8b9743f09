import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent, depends }) => {
  await parent();
  depends('settings:network');
  return { ...(await read('GET /hosts')), at: Date.now() };
}) satisfies PageLoad;
