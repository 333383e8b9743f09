import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { Role, effectiveOf } from './Role.ts';
import { type Holder, canGrant, canManage } from './policy.ts';

/** The roles that grant a right, by name. */
export async function rolesGranting(em: EntityManager, permission: Permission): Promise<Role[]> {
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' } });
  return roles.filter(role => role.effective().has(permission));
}

/** Somebody who can give a right. */
export interface Giver {
  id: string;
  name: string;
  email: string;
  language: string | null;
}

/** Admins who can sign in and hold one of these roles, with all of their roles. */
const holdersOfAny = (em: EntityManager, roles: readonly Role[]): Promise<(Giver & { roles: string[] })[]> =>
  em.execute(
    `select a.id, a.first_name || ' ' || a.last_name as name, a.email, a.language, array_agg(ar.role_id::text) as roles
       from admin a join admin_roles ar on ar.admin_id = a.id
      where a.disabled_at is null and exists (select from admin_roles one where one.admin_id = a.id and one.role_id in (?))
      group by a.id order by name, a.id`,
    [roles.map(({ id }) => id)],
  );

/**
 * Who can give a right to somebody, by name: they may edit accounts, hold all that one of the granting roles grants, and are not
 * weaker than the person. Nobody gives anything to themselves.
 */
export async function giversOf(em: EntityManager, permission: Permission, person?: Holder & { id?: string }): Promise<Giver[]> {
  const roles = await em.find(Role, {});
  const granting = roles.filter(role => role.effective().has(permission));
  const editing = roles.filter(role => role.effective().has('admins.edit'));
  if (granting.length === 0 || editing.length === 0) return [];
  const editors = await holdersOfAny(em, editing);
  return editors
    .filter(editor => {
      const held = roles.filter(({ id }) => editor.roles.includes(id));
      const holder: Holder = { permissions: effectiveOf(held), superadmin: held.some(({ superadmin }) => superadmin) };
      return (
        editor.id !== person?.id && granting.some(role => canGrant(holder, role)) && (person === undefined || canManage(holder, person))
      );
    })
    .map(({ id, name, email, language }) => ({ id, name, email, language }));
}
