import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  await demand('keys.edit');
}) satisfies PageLoad;
