import type { EntityManager } from '@mikro-orm/postgresql';
import type { RoleChange } from '#contract/roles.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Role } from './Role.ts';
import { type RoleSettings, changesBetween, settingsAfter, settingsOf } from './change.ts';
import { lockRights } from './lock.ts';
import { demandHeld, openRole, orNameTaken } from './open-role.ts';
import { moveRights, settleSecondFactor } from './rights.ts';
import { settleKeptSessions } from './session-lengths.ts';

/** What open pages show or obey; the rest is asked for when it matters. */
const FELT_AT_ONCE = [
  'name',
  'permissions',
  'secondFactorDemanded',
  'secondFactorGraceDays',
  'keepSignedIn',
] as const satisfies readonly (keyof RoleSettings)[];

/**
 * Changes a role, at once for everybody who holds it. What is already so is no change, and a call that changes nothing records nothing.
 * @throws Problem what `openRole` throws, `beyond_your_rights`, `name_taken`
 */
export function editRole(em: EntityManager, actor: Actor, id: string, change: RoleChange): Promise<Role> {
  const editing = em.transactional(async em => {
    await lockRights(em);
    const { role, editor, holders } = await openRole(em, actor, id, change.version);
    const after = settingsAfter(role, change);
    const changes = changesBetween(settingsOf(role), after);
    if (Object.keys(changes).length === 0) return role;
    demandHeld(editor, { ...after, superadmin: false }, 'permissions');
    em.assign(role, { ...after, changedAt: await databaseNow(em), changedBy: actor.name });
    await em.flush();
    const ids = holders.map(holder => holder.id);
    if ('secondFactorDemanded' in changes) await settleSecondFactor(em, ids);
    if ('keepSignedIn' in changes) await settleKeptSessions(em, ids);
    if (FELT_AT_ONCE.some(field => field in changes)) await moveRights(em, ids, actor.name);
    const people = holders.filter(({ disabled }) => !disabled).length;
    record(em, actor, 'role.edited', { roleId: id, role: role.name, people, changes });
    return role;
  });
  return orNameTaken(editing);
}
