import type { z } from 'zod';
import { MESSAGE_TYPES } from '#contract/message-types.ts';
import { type Permission, right } from '#contract/permissions.ts';
import type { RoleView, listPermissions } from '#contract/roles.ts';
import type { Actor } from '../platform/actor.ts';
import { canGrant, lockOf } from './policy.ts';
import type { RoleWithHolders } from './queries.ts';
import { groupName, rightWords } from '../words/rights.ts';

const MOST_PEOPLE = 50;

/** @param reader decides `grantable` and `locked`. */
export function presentRole({ role, holders, invitations }: RoleWithHolders, reader: Actor): RoleView {
  const enabled = holders.filter(({ disabled }) => !disabled);
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    superadmin: role.superadmin,
    permissions: [...role.permissions],
    effective: [...role.effective()],
    messageTypes: MESSAGE_TYPES.filter(type => role.messageTypes.includes(type)),
    secondFactorDemanded: role.secondFactorDemanded,
    secondFactorGraceDays: role.secondFactorGraceDays,
    keepSignedIn: role.keepSignedIn,
    people: enabled.slice(0, MOST_PEOPLE).map(({ id, name, avatar }) => ({ id, name, avatar })),
    holders: enabled.length,
    disabledHolders: holders.length - enabled.length,
    invitations,
    grantable: canGrant(reader, role),
    locked: lockOf(reader, role, holders),
    changed: role.changedAt && role.changedBy ? { by: role.changedBy, at: role.changedAt.toISOString() } : null,
    version: role.version,
  };
}

type PermissionView = z.output<NonNullable<typeof listPermissions.result>>['items'][number];

export function presentPermission(id: Permission): PermissionView {
  const { implies = [], highImpact = false } = right(id);
  const { label, effect } = rightWords(id);
  const group = groupName(id);
  return { id, label, group, effect, implies: [...implies], highImpact };
}
