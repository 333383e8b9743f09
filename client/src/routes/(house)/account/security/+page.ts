import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ depends }) => {
  depends('me:sessions');
  const [{ items }, { passwordMinimum }] = await Promise.all([read('GET /me/sessions'), read('GET /front')]);
  return { sessions: items, passwordMinimum, readAt: Date.now() };
}) satisfies PageLoad;
