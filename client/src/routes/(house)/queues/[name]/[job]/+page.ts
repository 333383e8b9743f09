import { call, read } from '#lib/api.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { name, job }, parent }) => {
  await parent();
  const input = { params: { name, id: job } };
  return { name, reading: new Reading(await read('GET /queues/:name/jobs/:id', input), () => call('GET /queues/:name/jobs/:id', input)) };
}) satisfies PageLoad;
