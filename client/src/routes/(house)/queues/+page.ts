import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { first: await read('GET /queues') };
}) satisfies PageLoad;
