import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  return { document: await read('GET /openapi.json') };
}) satisfies PageLoad;
