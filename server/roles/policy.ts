import type { Actor } from '../platform/actor.ts';
import type { Role } from './Role.ts';

/** What somebody who hands out roles holds: all their rights, implied ones included. */
export type Holder = Pick<Actor, 'permissions' | 'superadmin'>;

/** Nobody hands out more than they hold; Full Administrator, which grows with the product, only whoever is one. */
export const canGrant = (holder: Holder, role: Role): boolean =>
  (holder.superadmin || !role.superadmin) && [...role.effective()].every(permission => holder.permissions.has(permission));
