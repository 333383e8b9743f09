import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { demandManageable } from '../roles/policy.ts';
import type { ServerTools } from '../platform/tools.ts';
import { say } from '../words/say.ts';
import { makeReset } from './make-reset.ts';

/**
 * Sends somebody a link that sets a new password. Until they use it, the old one goes on working.
 * @throws Problem `not_found`, `stronger_than_you`, `conflict` for a disabled account, or `too_many_requests`
 */
export async function sendReset(
  em: EntityManager,
  actor: Actor,
  id: string,
  { limits, secrets }: Pick<ServerTools, 'limits' | 'secrets'>,
): Promise<Admin> {
  const admin = await em.findOne(Admin, id, { populate: ['roles'] });
  if (!admin) throw new Problem('not_found');
  demandManageable(actor, admin);
  if (admin.disabledAt)
    throw new Problem('conflict', { detail: say('The account of {name} is disabled. Enable it first.', { name: admin.name }) });
  await limits.take('reset', id);
  await em.transactional(em => makeReset(em, actor, admin, 'staff', secrets));
  return admin;
}
