import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { type Grants, effectiveOf } from './Role.ts';

/** Somebody with what they hold now. */
export interface Held {
  id: string;
  name: string;
  avatar: string | null;
  disabled: boolean;
  roles: (Grants & { id: string; name: string })[];
  /** Implied rights included. */
  permissions: ReadonlySet<Permission>;
  superadmin: boolean;
}

/** What these people hold now, by id: one statement, so that a decision made under `lockRights` is made by what is stored. */
export async function rightsOf(em: EntityManager, adminIds: readonly string[]): Promise<ReadonlyMap<string, Held>> {
  if (adminIds.length === 0) return new Map();
  const rows = await em.execute<Pick<Held, 'id' | 'name' | 'avatar' | 'disabled' | 'roles'>[]>(
    `select a.id, a.first_name || ' ' || a.last_name as name, a.avatar, a.disabled_at is not null as disabled,
            coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'superadmin', r.superadmin, 'permissions', r.permissions) order by r.name)
                        from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id), '[]') as roles
       from admin a where a.id in (?) order by name, a.id`,
    [[...adminIds]],
  );
  return new Map(
    rows.map(row => [row.id, { ...row, permissions: effectiveOf(row.roles), superadmin: row.roles.some(({ superadmin }) => superadmin) }]),
  );
}

/**
 * Marks that what these people may do, or how their roles are called, changed: their open pages come back through the door within a
 * second. Rows are locked in the order of their ids, so that two who do this at once do not wait for each other.
 * @param by whose doing it was, by name, for the people to read.
 */
export async function moveRights(em: EntityManager, adminIds: readonly string[], by: string): Promise<void> {
  if (adminIds.length === 0) return;
  await em.execute(
    `update admin set rights_epoch = rights_epoch + 1, rights_changed_by = ?
      where id in (select id from admin where id in (?) order by id for no key update)`,
    [by, [...adminIds]],
  );
}

/**
 * Begins or ends the days of grace for a second factor after these people's roles changed: they count from when a role first asks
 * somebody who has none, and begin anew when no role asked in between.
 */
export async function settleSecondFactor(em: EntityManager, adminIds: readonly string[]): Promise<void> {
  if (adminIds.length === 0) return;
  await em.execute(
    `with standing as (
       select a.id, a.second_factor_asked_at as asked_at,
              exists (select from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id and r.second_factor_demanded) as demanded,
              exists (select from totp t where t.admin_id = a.id and t.confirmed_at is not null)
                or exists (select from passkey k where k.admin_id = a.id) as ready
         from admin a where a.id in (?) order by a.id for no key update)
     update admin set second_factor_asked_at = case when standing.demanded then now() end
       from standing
      where admin.id = standing.id
        and (standing.demanded and not standing.ready and standing.asked_at is null or not standing.demanded and standing.asked_at is not null)`,
    [[...adminIds]],
  );
}
