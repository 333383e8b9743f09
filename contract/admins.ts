import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment, pageOf, pageQuery } from './shared.ts';

export const adminView = z.object({
  id,
  username: z.string(),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  roles: z.array(z.object({ id, name: z.string() })),
  state: z.enum(['active', 'disabled']),
  joinedAt: moment,
  lastSeenAt: moment.nullable(),
});
export type AdminView = z.infer<typeof adminView>;

export const listAdmins = endpoint('GET', '/admins', 'Staff accounts.', {
  query: pageQuery.extend({
    state: z.enum(['active', 'disabled']).default('active'),
    search: z.string().trim().max(100).optional(),
    role: id.optional(),
    sort: z.enum(['name', '-name', 'lastSeen', '-lastSeen', 'joined', '-joined']).default('name'),
  }),
  result: pageOf(adminView).extend({ counts: z.object({ active: z.int(), invited: z.int(), disabled: z.int() }) }),
});
export const getAdmin = endpoint('GET', '/admins/:id', 'One staff account.', { result: adminView });
