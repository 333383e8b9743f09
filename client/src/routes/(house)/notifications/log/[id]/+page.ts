import { call, read } from '#lib/api.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  const input = { params: { id } };
  return { reading: new Reading(await read('GET /deliveries/:id', input), () => call('GET /deliveries/:id', input)) };
}) satisfies PageLoad;
