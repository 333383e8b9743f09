import { call, read } from '#lib/api.ts';
import { pagingIn } from '#lib/list-address.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, url, parent }) => {
  await parent();
  const query = pagingIn(url);
  const ask = async (get: typeof read) => {
    const [department, members] = await Promise.all([
      get('GET /departments/:id', { params: { id } }),
      get('GET /departments/:id/members', { params: { id }, query }),
    ]);
    return { department, members };
  };
  return { reading: new Reading(await ask(read), () => ask(call)) };
}) satisfies PageLoad;
