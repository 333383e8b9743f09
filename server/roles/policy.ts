import type { Permission } from '#contract/permissions.ts';
import type { RoleLock } from '#contract/roles.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { type Grants, effectiveOf } from './Role.ts';

/** What somebody holds: all their rights, implied ones included. */
export type Holder = Pick<Actor, 'permissions' | 'superadmin'>;

/** Which of these rights somebody lacks. */
export const lackedBy = (holder: Holder, permissions: Iterable<Permission>): Permission[] =>
  [...permissions].filter(permission => !holder.permissions.has(permission));

/** Nobody hands out more than they hold; Full Administrator, which grows with the product, only whoever is one. */
export const canGrant = (holder: Holder, role: Grants): boolean =>
  (holder.superadmin || !role.superadmin) && lackedBy(holder, effectiveOf([role])).length === 0;

/**
 * Nobody manages somebody stronger: whoever edits, disables or secures another person holds all that they hold; a Full
 * Administrator is managed only by another one. That nobody does it to themselves is for the caller, who knows who they are.
 */
export const canManage = (holder: Holder, target: Holder): boolean =>
  (holder.superadmin || !target.superadmin) && lackedBy(holder, target.permissions).length === 0;

/**
 * @param target with `roles` loaded.
 * @throws Problem `stronger_than_you`
 */
export function demandManageable(holder: Holder, target: { name: string; isSuperadmin: boolean; effective(): Set<Permission> }): void {
  if (!canManage(holder, { permissions: target.effective(), superadmin: target.isSuperadmin }))
    throw new Problem('stronger_than_you', { detail: say('{name} holds permissions that you do not.', { name: target.name }) });
}

type Known = Holder & { id?: string };

/**
 * Why somebody may not change or delete a role; null when they may. Full Administrator stays as it is. Beyond that superadmins
 * change any role, others only one that they could give, do not hold themselves, and that nobody stronger holds: by it they would
 * change what that person may do.
 */
export function lockOf(editor: Known, role: Grants, holders: readonly Known[]): RoleLock | null {
  if (role.superadmin) return 'built_in';
  if (!editor.permissions.has('roles.edit')) return 'no_right';
  if (editor.superadmin) return null;
  if (holders.some(({ id }) => id === editor.id)) return 'your_own';
  if (!canGrant(editor, role)) return 'beyond_your_rights';
  return holders.every(holder => canManage(editor, holder)) ? null : 'held_by_stronger';
}
