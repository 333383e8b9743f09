import type { EntityManager } from '@mikro-orm/postgresql';
import { Role, effectiveOf } from './Role.ts';
import type { Holder } from './policy.ts';
import { type Held, rightsOf } from './rights.ts';

/** Somebody who holds a role, with all that they hold. */
export interface RoleHolder extends Holder {
  id: string;
  name: string;
  avatar: string | null;
  disabled: boolean;
}

/** A role with who holds it and how many open invitations would give it. */
export interface RoleWithHolders {
  role: Role;
  /** By name, disabled ones included. */
  holders: RoleHolder[];
  invitations: number;
}

type Pair = Pick<RoleHolder, 'id' | 'name' | 'avatar' | 'disabled'> & { role_id: string };

/** All roles, Full Administrator first, the rest by name. */
export async function rolesWithHolders(em: EntityManager): Promise<RoleWithHolders[]> {
  const roles = await em.find(Role, {}, { orderBy: { superadmin: 'desc', name: 'asc' } });
  const pairs = await em.execute<Pair[]>(
    `select ar.role_id, a.id, a.first_name || ' ' || a.last_name as name, a.avatar, a.disabled_at is not null as disabled
       from admin_roles ar join admin a on a.id = ar.admin_id order by name, a.id`,
  );
  const counts = await em.execute<{ role_id: string; count: number }[]>(
    `select ir.role_id, count(*)::int as count from invitation_roles ir join invitation i on i.id = ir.invitation_id
      where i.state in ('pending', 'expired') group by ir.role_id`,
  );
  const byId = new Map(roles.map(role => [role.id, role]));
  const rolesOf = Map.groupBy(pairs, ({ id }) => id);
  const rights = new Map([...rolesOf].map(([id, held]) => [id, heldBy(held.flatMap(({ role_id }) => byId.get(role_id) ?? []))]));
  const holdersOf = Map.groupBy(pairs, ({ role_id }) => role_id);
  const invitationsOf = new Map(counts.map(({ role_id, count }) => [role_id, count]));
  return roles.map(role => ({
    role,
    holders: (holdersOf.get(role.id) ?? []).map(({ id, name, avatar, disabled }) => ({
      id,
      name,
      avatar,
      disabled,
      ...(rights.get(id) ?? heldBy([])),
    })),
    invitations: invitationsOf.get(role.id) ?? 0,
  }));
}

const heldBy = (roles: Role[]): Holder => ({
  permissions: effectiveOf(roles),
  superadmin: roles.some(({ superadmin }) => superadmin),
});

/** Everybody who holds a role, disabled ones included, by name. */
export async function holdersOf(em: EntityManager, roleId: string): Promise<Held[]> {
  const rows = await em.execute<{ admin_id: string }[]>('select admin_id from admin_roles where role_id = ?', [roleId]);
  const held = await rightsOf(
    em,
    rows.map(({ admin_id }) => admin_id),
  );
  return [...held.values()];
}

/** An open invitation, as far as its roles go. */
export interface OpenInvitation {
  id: string;
  email: string;
  inviter: { id: string; name: string };
  /** Names. */
  roles: string[];
}

/** Invitations that can still be accepted or resent and would give this role. */
export async function invitationsTo(em: EntityManager, roleId: string): Promise<OpenInvitation[]> {
  return em.execute<OpenInvitation[]>(
    `select i.id, i.email, json_build_object('id', a.id, 'name', a.first_name || ' ' || a.last_name) as inviter,
            array(select r.name from invitation_roles ir join role r on r.id = ir.role_id where ir.invitation_id = i.id order by r.name) as roles
       from invitation i join admin a on a.id = i.invited_by_id
      where i.state in ('pending', 'expired') and exists (select from invitation_roles ir where ir.invitation_id = i.id and ir.role_id = ?)
      order by i.id`,
    [roleId],
  );
}

/** Which of these people have no second factor that works. */
export async function withoutSecondFactor(em: EntityManager, adminIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (adminIds.length === 0) return new Set();
  const rows = await em.execute<{ id: string }[]>(
    `select a.id from admin a where a.id in (?)
        and not exists (select from totp t where t.admin_id = a.id and t.confirmed_at is not null)
        and not exists (select from passkey k where k.admin_id = a.id)`,
    [[...adminIds]],
  );
  return new Set(rows.map(({ id }) => id));
}
