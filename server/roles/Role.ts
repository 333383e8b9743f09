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
    /** Kinds of system mail its people get: System, Account, Support. */
    messageTypes: p.array<string>().columnType('text[]').default([]),
    /** Whether its people need a second factor, and within how many days of being asked for one. */
    secondFactorDemanded: p.boolean().default(false),
    secondFactorGraceDays: p.integer().default(7),
    /** Whether its people may stay signed in for 30 days. */
    keepSignedIn: p.boolean().default(true),
    changedAt: p.datetime().nullable(),
    changedBy: p.text().nullable(),
    createdAt: nowColumn(),
    version: versionColumn(),
  },
  uniques: [{ name: 'role_name_unique', expression: 'create unique index "role_name_unique" on "role" (lower("name"))' }],
});
/** A named set of rights. */
export class Role extends RoleSchema.class {
  /** All that it grants, implied rights included. A right that no longer exists grants nothing. */
  effective(): Set<Permission> {
    return effectiveOf([this]);
  }
}
RoleSchema.setClass(Role);

/** What a role is as far as rights go. */
export type Grants = Pick<Role, 'superadmin' | 'permissions'>;

/** The union of what several roles grant, implied rights included. */
export const effectiveOf = (roles: Iterable<Grants>): Set<Permission> => {
  const granting = [...roles];
  return granting.some(({ superadmin }) => superadmin) ? new Set(PERMISSIONS) : closure(granting.flatMap(({ permissions }) => permissions));
};
