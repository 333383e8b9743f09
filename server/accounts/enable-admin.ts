import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { lockAccount } from './lock-account.ts';

/**
 * Gives a disabled account its rights back: the person signs in anew, and sessions and keys stay ended.
 * @throws Problem `not_found`, `stronger_than_you`, or `conflict` when it is not disabled
 */
export async function enableAdmin(em: EntityManager, by: Actor, id: string): Promise<Admin> {
  return em.transactional(async em => {
    const { actor, target } = await lockAccount(em, by, id, 'admins.disable');
    if (!target.disabledAt) throw new Problem('conflict', { detail: say('{name} is not disabled.', { name: target.name }) });
    em.assign(target, { disabledAt: null, disabledBy: null });
    record(em, actor, 'admin.enabled', { adminId: id, name: target.name });
    return target;
  });
}
