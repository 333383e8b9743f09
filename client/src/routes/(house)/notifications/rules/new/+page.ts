import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ parent }) => {
  await parent();
  await demand('rules.edit');
  const [{ events }, { items: providers }] = await Promise.all([
    read('GET /notification-rules/catalogue'),
    read('GET /notification-providers'),
  ]);
  return { events, providers };
}) satisfies PageLoad;
