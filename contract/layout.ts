import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment } from './shared.ts';

export const MOST_ROWS = 24;
const widgetId = z.string().min(1).max(100);

/** A widget in its place. The order of the list is the order of reading: on a phone it is the one column from top to bottom. */
export const placement = z.strictObject({
  id: widgetId,
  columns: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Of 44 px with a gap of 12 px. */
  rows: z.int().min(2).max(MOST_ROWS),
  /** Only its head is shown, and its figures are not asked for. */
  collapsed: z.boolean().default(false),
});
export type Placement = z.infer<typeof placement>;

/**
 * A dashboard as somebody arranged it. Widgets that stand in neither list are newer than it: they follow at the end, in the product's
 * order. Those that exist no longer, or that somebody may not see, take no place.
 */
export const arrangement = z
  .strictObject({ shown: z.array(placement).max(200), hidden: z.array(widgetId).max(200) })
  .refine(({ shown, hidden }) => new Set([...shown.map(each => each.id), ...hidden]).size === shown.length + hidden.length, {
    error: 'A widget stands in one place.',
    path: ['shown'],
  });
export type Arrangement = z.infer<typeof arrangement>;

export const layoutView = z.object({
  shown: z.array(placement),
  hidden: z.array(z.string()),
  /** Whose order it is: their own, that of their roles' published defaults, or the product's. */
  source: z.enum(['own', 'roles', 'product']),
  /** For `roles`: the names of the roles whose defaults make it up. */
  roles: z.array(z.string()),
  /** Of their own; 0 as long as they have none. */
  version: z.int(),
});
export type LayoutView = z.infer<typeof layoutView>;

export const getLayout = endpoint('GET', '/dashboard/layout', 'How my dashboard is arranged.', { result: layoutView });
export const saveLayout = endpoint('PUT', '/dashboard/layout', 'Arranges my dashboard, the same on every machine.', {
  body: arrangement.safeExtend({ version: z.int().min(0).describe('The one that was read: another tab may have been faster.') }),
  result: layoutView,
});
export const resetLayout = endpoint('DELETE', '/dashboard/layout', 'Gives up my own arrangement: back to the default of my roles.', {
  result: layoutView,
});

export const roleDefault = z.object({
  roleId: id,
  role: z.string(),
  published: z.object({ by: z.string(), at: moment }).nullable(),
  /** Enabled admins with this role who have no arrangement of their own, and those who have one and keep it. */
  followers: z.int(),
  keepers: z.int(),
});
export type RoleDefault = z.infer<typeof roleDefault>;
export const listDefaults = endpoint(
  'GET',
  '/dashboard/defaults',
  'The default dashboards of the roles, and for how many people they count.',
  {
    result: z.object({ items: z.array(roleDefault) }),
  },
);
export const publishDefault = endpoint('PUT', '/dashboard/defaults/:roleId', 'Publishes an arrangement as the default of a role.', {
  body: arrangement,
  result: roleDefault,
});
export const withdrawDefault = endpoint('DELETE', '/dashboard/defaults/:roleId', 'Withdraws the default of a role.', {
  result: roleDefault,
});
