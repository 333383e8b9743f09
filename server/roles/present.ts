import type { RoleView } from '#contract/roles.ts';
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
