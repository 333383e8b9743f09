import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent, depends }) => {
  await parent();
  depends('settings:extensions');
  return { extensions: (await read('GET /extensions')).items, at: Date.now() };
}) satisfies PageLoad;
