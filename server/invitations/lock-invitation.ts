import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { holdRights } from '../roles/lock.ts';
import { Invitation } from './Invitation.ts';
import { demandGrantable } from './policy.ts';
import { loadParties } from './queries.ts';

/**
 * The invitation as it is now, held until the transaction ends, so that what is done to it is done one after the other.
 * With its roles, its inviter and the inviter's roles.
 * @throws Problem `not_found`, or `beyond_your_rights` when the actor could not have sent it
 */
export async function lockInvitation(em: EntityManager, actor: Actor, id: string): Promise<Invitation> {
  await holdRights(em); // before any row: whoever changes rights holds those first, and then wants the rows
  const invitation = await em.findOne(Invitation, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!invitation) throw new Problem('not_found');
  await loadParties(em, invitation);
  demandGrantable(actor, invitation.roles.getItems());
  return invitation;
}
