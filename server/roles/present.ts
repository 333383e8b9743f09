import type { z } from 'zod';
import { type Permission, right } from '#contract/permissions.ts';
import type { RoleView, listPermissions } from '#contract/roles.ts';
import type { Role } from './Role.ts';
import { type Holder, canGrant } from './policy.ts';
import type { Person } from './queries.ts';

/** @param reader decides `grantable`. */
export const presentRole = (role: Role, people: readonly Person[], reader: Holder): RoleView => ({
  id: role.id,
  name: role.name,
  description: role.description,
  superadmin: role.superadmin,
  permissions: [...role.permissions],
  effective: [...role.effective()],
  people: people.map(({ id, name }) => ({ id, name })),
  grantable: canGrant(reader, role),
});

type PermissionView = z.output<NonNullable<typeof listPermissions.result>>['items'][number];

export function presentPermission(id: Permission): PermissionView {
  const { label, group, effect, implies = [], highImpact = false } = right(id);
  return { id, label, group, effect, implies: [...implies], highImpact };
}
