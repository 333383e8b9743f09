import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import type { PageLoad } from './$types';

export const load = (async ({ params: { id }, parent }) => {
  await parent();
  await demand('admins.invite');
  const [invitation, { items: roles }, { items: departments }] = await Promise.all([
    read('GET /invitations/:id', { params: { id } }),
    read('GET /roles'),
    read('GET /departments'),
  ]);
  return { invitation, roles, departments };
}) satisfies PageLoad;
