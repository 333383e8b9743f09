import { read } from '#lib/api.ts';
import { askedIn } from '#lib/list-address.ts';
import type { PageLoad } from './$types';

export const load = (async ({ url, parent, depends }) => {
  await parent();
  depends('settings:extensions');
  return {
    extensions: (await read('GET /extensions')).items,
    /** The one that is opened at once. */ set: askedIn(url, 'set'),
    at: Date.now(),
  };
}) satisfies PageLoad;
