import { defineEntity, p } from '@mikro-orm/postgresql';
import { type Permission, PERMISSIONS, closure } from '#contract/permissions.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

const RoleSchema = defineEntity({
  name: 'Role',
  properties: {
    id: idColumn(),
    name: p.text(),
    description: p.text(),
    /** Full Administrator: holds every right there is, now and later, and cannot be edited. */
    superadmin: p.boolean().default(false),
    permissions: p.array<string>().columnType('text[]'),
    createdAt: nowColumn(),
    version: versionColumn(),
  },
  uniques: [{ name: 'role_name_unique', expression: 'create unique index "role_name_unique" on "role" (lower("name"))' }],
});
/** A named set of rights. */
export class Role extends RoleSchema.class {
  /** All that it grants, implied rights included. A right that no longer exists grants nothing. */
  effective(): Set<Permission> {
    return this.superadmin ? new Set(PERMISSIONS) : closure(this.permissions);
  }
}
RoleSchema.setClass(Role);

/** The union of what several roles grant. */
export const effectiveOf = (roles: Iterable<Role>): Set<Permission> => new Set([...roles].flatMap(role => [...role.effective()]));
