import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { type Actor, SYSTEM } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { Invitation } from './Invitation.ts';
import { invitationFacts } from './facts.ts';
import { lockInvitation } from './lock-invitation.ts';

/** Its link is dead at once. @throws Problem `not_found`, `beyond_your_rights`, `invitation_closed` */
export async function revokeInvitation(em: EntityManager, actor: Actor, id: string): Promise<Invitation> {
  return em.transactional(async em => {
    const invitation = await lockInvitation(em, actor, id);
    if (invitation.state !== 'pending' && invitation.state !== 'expired') throw new Problem('invitation_closed');
    invitation.state = 'revoked';
    invitation.endedAt = await databaseNow(em);
    record(em, actor, 'invitation.revoked', invitationFacts(invitation));
    return invitation;
  });
}

/** Revokes an open invitation for which nobody vouches any more, unless somebody else ended it first. */
export async function withdrawInvitation(em: EntityManager, invitation: Invitation): Promise<void> {
  await em.transactional(async em => {
    const ended = await em.execute<unknown[]>(
      `update invitation set state = 'revoked', ended_at = now(), version = version + 1 where id = ? and state = 'pending' returning id`,
      [invitation.id],
    );
    if (ended.length > 0) record(em, SYSTEM, 'invitation.revoked', invitationFacts(invitation));
  });
}
