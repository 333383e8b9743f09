import type { Actor } from '../platform/actor.ts';
import type { Role } from './Role.ts';

/** What somebody holds: all their rights, implied ones included. */
export type Holder = Pick<Actor, 'permissions' | 'superadmin'>;

/** Nobody hands out more than they hold; Full Administrator, which grows with the product, only whoever is one. */
export const canGrant = (holder: Holder, role: Role): boolean =>
  (holder.superadmin || !role.superadmin) && [...role.effective()].every(permission => holder.permissions.has(permission));

/**
 * Nobody manages somebody stronger: whoever edits, disables or secures another person holds all that they hold; a Full
 * Administrator is managed only by another one. That nobody does it to themselves is for the caller, who knows who they are.
 */
export const canManage = (holder: Holder, target: Holder): boolean =>
  (holder.superadmin || !target.superadmin) && [...target.permissions].every(permission => holder.permissions.has(permission));
