import { call, read } from '#lib/api.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { LayoutLoad } from './$types';

/** The account itself, which every tab shows something of. */
export const load = (async ({ params: { id }, parent }) => {
  await parent();
  const input = { params: { id } };
  return { account: new Reading(await read('GET /admins/:id', input), () => call('GET /admins/:id', input)) };
}) satisfies LayoutLoad;
