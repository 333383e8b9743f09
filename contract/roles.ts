import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shared.ts';

export const roleView = z.object({
  id,
  name: z.string(),
  description: z.string(),
  /** Full Administrator: holds every right, now and later, and cannot be edited. */
  superadmin: z.boolean(),
  /** What it grants by itself. */
  permissions: z.array(z.string()),
  /** With everything implied. */
  effective: z.array(z.string()),
  people: z.array(z.object({ id, name: z.string() })),
  /** Whether the reader holds all that it grants, and so may give it to others. */
  grantable: z.boolean(),
});
export type RoleView = z.infer<typeof roleView>;

export const listRoles = endpoint('GET', '/roles', 'The roles, what each grants, and who holds it.', {
  result: z.object({ items: z.array(roleView) }),
});
export const getRole = endpoint('GET', '/roles/:id', 'One role.', { result: roleView });
export const listPermissions = endpoint('GET', '/permissions', 'Every right there is, in words.', {
  result: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        group: z.string(),
        effect: z.string(),
        implies: z.array(z.string()),
        highImpact: z.boolean(),
      }),
    ),
  }),
});
