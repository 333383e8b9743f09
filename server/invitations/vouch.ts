import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import type { Actor } from '../platform/actor.ts';
import type { Invitation } from './Invitation.ts';
import { isVouchedFor } from './policy.ts';

/** Whoever acts on an invitation that its inviter could not send today becomes its inviter: somebody has to answer for it. */
export async function vouch(em: EntityManager, actor: Actor, invitation: Invitation): Promise<void> {
  if (isVouchedFor(invitation)) return;
  invitation.invitedBy = await em.findOneOrFail(Admin, { id: actor.id ?? '' }, { populate: ['roles'] });
}
