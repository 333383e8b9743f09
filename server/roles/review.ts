import type { EntityManager } from '@mikro-orm/postgresql';
import { type Permission, PERMISSIONS } from '#contract/permissions.ts';
import type { RoleChange, RoleOutcome, RoleReview } from '#contract/roles.ts';
import type { Actor } from '../platform/actor.ts';
import { type Grants, effectiveOf } from './Role.ts';
import { settingsAfter } from './change.ts';
import { openRemoval } from './delete-role.ts';
import { demandHeld, openRole } from './open-role.ts';
import { invitationsTo, withoutSecondFactor } from './queries.ts';
import type { Held } from './rights.ts';

/** A widget as far as it may be seen. */
export interface Panel {
  title: string;
  needs: Permission;
}

const sees = (permissions: ReadonlySet<Permission>, { needs }: Panel): boolean =>
  permissions.has('dashboard.view') && permissions.has(needs);

/** People with the same gains and losses stand together; most first. */
function outcomesOf(holders: readonly Held[], rolesAfter: (holder: Held) => Grants[], panels: readonly Panel[]): RoleOutcome[] {
  const outcomes = new Map<string, RoleOutcome>();
  for (const holder of holders) {
    const { id, name, avatar, disabled, permissions: before } = holder;
    const after = effectiveOf(rolesAfter(holder));
    const gains = PERMISSIONS.filter(permission => after.has(permission) && !before.has(permission));
    const loses = PERMISSIONS.filter(permission => before.has(permission) && !after.has(permission));
    const appear = panels.filter(panel => sees(after, panel) && !sees(before, panel)).map(({ title }) => title);
    const vanish = panels.filter(panel => sees(before, panel) && !sees(after, panel)).map(({ title }) => title);
    const key = JSON.stringify([gains, loses]);
    const outcome = outcomes.get(key) ?? { people: [], gains, loses, appear, vanish };
    outcome.people.push({ id, name, avatar, disabled });
    outcomes.set(key, outcome);
  }
  const weight = ({ gains, loses }: RoleOutcome): number => gains.length + loses.length;
  return [...outcomes.values()].toSorted((a, b) => weight(b) - weight(a));
}

/** Who would be asked for a second factor that they do not have. */
async function newlyAsked(em: EntityManager, holders: readonly Held[], demanded: boolean): Promise<RoleReview['withoutSecondFactor']> {
  if (!demanded) return [];
  const lacking = await withoutSecondFactor(
    em,
    holders.map(({ id }) => id),
  );
  return holders.filter(({ id, disabled }) => lacking.has(id) && !disabled).map(({ id, name }) => ({ id, name }));
}

/**
 * What a change of a role would bring whom, by the rules that the change itself goes by. Changes nothing.
 * @throws Problem what `editRole` throws, but for a name that is taken
 */
export async function reviewRole(
  em: EntityManager,
  actor: Actor,
  id: string,
  change: RoleChange,
  panels: readonly Panel[],
): Promise<RoleReview> {
  const { role, editor, holders } = await openRole(em, actor, id, change.version);
  const after = settingsAfter(role, change);
  demandHeld(editor, { ...after, superadmin: false }, 'permissions');
  const changed: Grants = { superadmin: false, permissions: after.permissions };
  return {
    outcomes: outcomesOf(holders, ({ roles }) => roles.map(held => (held.id === id ? changed : held)), panels),
    withoutSecondFactor: await newlyAsked(em, holders, after.secondFactorDemanded && !role.secondFactorDemanded),
    invitations: (await invitationsTo(em, id)).map(({ id, email }) => ({ id, email })),
  };
}

/**
 * What deleting a role would bring whom. Changes nothing.
 * @throws Problem what `deleteRole` throws
 */
export async function reviewRemoval(
  em: EntityManager,
  actor: Actor,
  id: string,
  { version, moveTo }: { version: number; moveTo?: string | undefined },
  panels: readonly Panel[],
): Promise<RoleReview> {
  const { role, holders, invitations, target } = await openRemoval(em, actor, id, version, moveTo);
  const instead = target ? [target] : [];
  return {
    outcomes: outcomesOf(holders, ({ roles }) => [...roles.filter(held => held.id !== id), ...instead], panels),
    withoutSecondFactor: await newlyAsked(em, holders, target?.secondFactorDemanded === true && !role.secondFactorDemanded),
    invitations: invitations.map(({ id, email }) => ({ id, email })),
  };
}
