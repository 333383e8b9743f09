import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../admins/Admin.ts';
import { revokeResets } from '../auth/revoke-resets.ts';
import { endSessions } from '../auth/sessions.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { later, say } from '../words/say.ts';
import { revokeKeys } from './end-access.ts';
import { type HandOver, handOver } from './hand-over.ts';
import { demandSuperadmin, lockAccount } from './lock-account.ts';

/** What a person reads where they were signed in. */
export const DISABLED = later('Your account was disabled.');

const already = ({ name, disabledBy }: Admin): Problem =>
  new Problem('conflict', {
    detail: disabledBy
      ? say('{name} was disabled already, by {by}.', { name, by: disabledBy })
      : say('{name} was disabled already.', { name }),
  });

/**
 * Ends all access of a person: no way of signing in works, their sessions end, their keys die. What they answer for goes to those
 * named; what nobody takes stands still: rules do not fire, invitations cannot be accepted. History keeps the name.
 * @throws Problem `not_found`, `not_yourself`, `stronger_than_you`, `last_superadmin`, `conflict` when they are disabled already, or
 *   `invalid` for somebody who cannot take something over
 */
export async function disableAdmin(em: EntityManager, by: Actor, id: string, wanted: HandOver = {}): Promise<Admin> {
  return em.transactional(async em => {
    const { actor, target } = await lockAccount(em, by, id, 'admins.disable');
    if (target.id === actor.id) throw new Problem('not_yourself', { detail: say('You cannot disable your own account.') });
    if (target.disabledAt) throw already(target);
    const handedOver = await handOver(em, actor, target, wanted);
    const sessions = await endSessions(em, id, DISABLED);
    await revokeKeys(em, actor, id);
    await revokeResets(em, id);
    em.assign(target, { disabledAt: await databaseNow(em), disabledBy: actor.name, authEpoch: target.authEpoch + 1 });
    record(em, actor, 'admin.disabled', { adminId: id, name: target.name, sessions, handedOver });
    await demandSuperadmin(em);
    return target;
  });
}
