import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { Role } from '../roles/Role.ts';
import { canGrant } from '../roles/policy.ts';
import { moveRights, settleSecondFactor } from '../roles/rights.ts';
import { settleKeptSessions } from '../roles/session-lengths.ts';
import { say } from '../words/say.ts';
import { demandSuperadmin } from './lock-account.ts';

/** @throws Problem `invalid` (field `roleIds`) when one of them is gone */
export async function rolesById(em: EntityManager, roleIds: readonly string[]): Promise<Role[]> {
  const ids = [...new Set(roleIds)];
  const roles = await em.find(Role, { id: { $in: ids } }, { orderBy: { name: 'asc' } });
  if (roles.length < ids.length) throw invalid('roleIds', say('One of these roles does not exist any more.'));
  return roles;
}

/** @throws Problem `beyond_your_rights` that names the roles the actor may not give */
export function demandGrantable(actor: Actor, roles: readonly Role[]): void {
  const beyond = roles.filter(role => !canGrant(actor, role)).map(({ name }) => name);
  if (beyond.length === 0) return;
  const detail = say('You do not hold all that {beyond} grants.', { beyond: beyond.join(', ') });
  throw new Problem('beyond_your_rights', { detail, fields: { roleIds: detail } });
}

/**
 * Makes these the roles of a person, in the caller's transaction, under `lockRights`. Their open pages follow within a second.
 * @param target with `roles` loaded, and known to hold no more than the actor.
 * @returns whether anything changed
 * @throws Problem `not_yourself`, `beyond_your_rights`, `last_superadmin`, or `invalid` for a role that is gone
 */
export async function chooseRoles(em: EntityManager, actor: Actor, target: Admin, roleIds: readonly string[]): Promise<boolean> {
  const before = target.roles.getItems().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const after = await rolesById(em, roleIds);
  const added = after.filter(role => !before.includes(role));
  if (added.length === 0 && after.length === before.length) return false;
  if (target.id === actor.id) throw new Problem('not_yourself', { detail: say('Nobody changes their own roles. Ask somebody else.') });
  demandGrantable(actor, added);
  target.roles.set(after);
  const names = after.map(({ name }) => name);
  record(em, actor, 'rights.changed', {
    adminId: target.id,
    name: target.name,
    roles: names,
    changes: { roles: { before: before.map(({ name }) => name), after: names } },
  });
  await demandSuperadmin(em);
  await moveRights(em, [target.id], actor.name);
  await settleSecondFactor(em, [target.id]);
  await settleKeptSessions(em, [target.id]);
  return true;
}
