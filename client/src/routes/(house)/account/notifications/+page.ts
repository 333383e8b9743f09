import { call, read } from '#lib/api.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { reading: new Reading(await read('GET /me/notifications'), () => call('GET /me/notifications')) };
}) satisfies PageLoad;
