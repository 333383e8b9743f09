import { read } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load = (async ({ depends }) => {
  depends('me:sessions', 'me:factors');
  const [{ items }, factors, { passwordMinimum }] = await Promise.all([
    read('GET /me/sessions'),
    read('GET /me/second-factors'),
    read('GET /front'),
  ]);
  return { sessions: items, factors, passwordMinimum, readAt: Date.now() };
}) satisfies PageLoad;
