import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { Invitation } from './Invitation.ts';
import { invitationFacts } from './facts.ts';
import { isVouchedFor } from './policy.ts';

/** The most that are reminded in one transaction. */
export const REMINDED_AT_ONCE = 200;

/** One reminder per link, when its fifth day has begun. What another process claims at the same time is left to it. */
const CLAIM = `
  update invitation set reminded_at = now()
   where id in (select id from invitation
                 where state = 'pending' and reminded_at is null and sent_at <= now() - interval '96 hours' and expires_at > now()
                 order by sent_at limit ${REMINDED_AT_ONCE} for update skip locked)
  returning id`;

/**
 * Claims the open invitations that are due for their reminder and records each; the mail follows from the event. Where the inviter
 * could not send it today there is nothing to remind of: its link does not work.
 * @returns how many were claimed; as many as `REMINDED_AT_ONCE` when there may be more
 */
export async function remindInvitees(em: EntityManager): Promise<number> {
  return em.transactional(async em => {
    const claimed = await em.execute<{ id: string }[]>(CLAIM);
    const invitations = await em.find(
      Invitation,
      { id: { $in: claimed.map(({ id }) => id) } },
      { populate: ['roles', 'departments', 'invitedBy.roles'] },
    );
    for (const invitation of invitations) {
      if (isVouchedFor(invitation)) record(em, SYSTEM, 'invitation.reminded', invitationFacts(invitation));
    }
    return claimed.length;
  });
}
