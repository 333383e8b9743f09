import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { explainDenial } from '../roles/explain.ts';
import { lockRights } from '../roles/lock.ts';
import { demandManageable } from '../roles/policy.ts';
import { rightsOf } from '../roles/rights.ts';
import { say } from '../words/say.ts';

/**
 * Whoever acts, with what they hold now: since the request began somebody may have taken it from them. Belongs after `lockRights`.
 * @throws Problem `signed_out` when they were disabled meanwhile, `forbidden` when they lost the right
 */
export async function actorNow(em: EntityManager, actor: Actor, needs: Permission): Promise<Actor> {
  if (actor.kind !== 'admin') return actor;
  const held = (await rightsOf(em, [actor.id ?? ''])).get(actor.id ?? '');
  if (!held || held.disabled) throw new Problem('signed_out', { detail: say('Your account was disabled.') });
  if (!held.permissions.has(needs)) throw new Problem('forbidden', { missing: await explainDenial(em, needs) });
  return { ...actor, permissions: held.permissions, superadmin: held.superadmin };
}

export interface Locked {
  /** With what they hold now. */
  actor: Actor;
  /** With `roles` loaded. */
  target: Admin;
}

/**
 * An account for somebody to act upon, and nobody else until the transaction ends.
 * @throws Problem `not_found`, `stronger_than_you`; and as `actorNow`
 */
export async function lockAccount(em: EntityManager, by: Actor, id: string, needs: Permission): Promise<Locked> {
  await lockRights(em);
  const actor = await actorNow(em, by, needs);
  const target = await em.findOne(Admin, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!target) throw new Problem('not_found');
  await em.populate(target, ['roles']);
  demandManageable(actor, target);
  return { actor, target };
}

/**
 * Belongs at the end of whatever may take from somebody what a Full Administrator is, under `lockRights`.
 * @throws Problem `last_superadmin` when nobody who is one could sign in any more
 */
export async function demandSuperadmin(em: EntityManager): Promise<void> {
  await em.flush();
  const left = await em.execute<unknown[]>(
    `select 1 from admin a join admin_roles ar on ar.admin_id = a.id join role r on r.id = ar.role_id
      where r.superadmin and a.disabled_at is null limit 1`,
  );
  if (left.length === 0) throw new Problem('last_superadmin');
}
