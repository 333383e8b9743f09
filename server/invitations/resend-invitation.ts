import type { EntityManager } from '@mikro-orm/postgresql';
import { RESENDS_A_DAY } from '#contract/accounts.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Invitation, InvitationOldLink } from './Invitation.ts';
import { accountsOf, orAlreadyInvited } from './conflicts.ts';
import { invitationFacts } from './facts.ts';
import { newLink } from './link.ts';
import { lockInvitation } from './lock-invitation.ts';
import { deadline } from './send-invitations.ts';
import { vouch } from './vouch.ts';

/** @throws Problem `resent_too_often` with the seconds until the next one counts for another day */
function countResend(invitation: Invitation, now: Date): void {
  const until = invitation.resendsCountUntil(now);
  if (!until) {
    invitation.resends = 1;
    invitation.resendsSince = now;
    return;
  }
  if (invitation.resends >= RESENDS_A_DAY) {
    throw new Problem('resent_too_often', { retryAfter: Math.ceil((until.getTime() - now.getTime()) / 1000) });
  }
  invitation.resends += 1;
}

/**
 * A new link for new 168 hours, also for an invitation that had expired. The old link is dead from then on, and is kept only so
 * that its holder can be told why. Whoever resends one that its inviter could not send today becomes its inviter.
 * @throws Problem `not_found`, `beyond_your_rights`, `invitation_closed`, `already_admin`, `already_invited`, `resent_too_often`
 */
export async function resendInvitation(em: EntityManager, actor: Actor, id: string, secrets: Secrets): Promise<Invitation> {
  const resending = em.transactional(async em => {
    const invitation = await lockInvitation(em, actor, id);
    if (invitation.state !== 'pending' && invitation.state !== 'expired') throw new Problem('invitation_closed');
    if ((await accountsOf(em, [invitation.email])).size > 0) throw new Problem('already_admin');
    const now = await databaseNow(em);
    countResend(invitation, now);
    em.create(InvitationOldLink, { tokenHash: invitation.tokenHash, invitation, askedAt: invitation.askedAt ?? null });
    await vouch(em, actor, invitation);
    em.assign(invitation, {
      ...newLink(secrets),
      state: 'pending',
      sentAt: now,
      expiresAt: deadline(now),
      openedAt: null,
      endedAt: null,
      askedAt: null,
      remindedAt: null,
    });
    record(em, actor, 'invitation.resent', invitationFacts(invitation));
    return invitation;
  });
  return orAlreadyInvited(resending);
}
