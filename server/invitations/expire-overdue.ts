import { type EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { Invitation } from './Invitation.ts';
import { invitationFacts } from './facts.ts';

/** The most that are marked in one transaction. */
export const EXPIRED_AT_ONCE = 500;

/**
 * Marks invitations whose time is up and records each. What another process is marking at the same time is left to it, so that
 * each is recorded once. Nobody waits for this: a link is judged by its deadline.
 * @param emails only those to these addresses.
 * @returns how many were marked; as many as `EXPIRED_AT_ONCE` when there may be more
 */
export async function expireOverdue(em: EntityManager, emails?: readonly string[]): Promise<number> {
  return em.transactional(async em => {
    const overdue = await em.find(
      Invitation,
      {
        state: 'pending',
        expiresAt: { $lte: raw('now()') },
        ...(emails === undefined ? {} : { [raw('lower(email)')]: { $in: emails.map(email => email.toLowerCase()) } }),
      },
      { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, limit: EXPIRED_AT_ONCE, orderBy: { expiresAt: 'asc' }, refresh: true },
    );
    await em.populate(overdue, ['roles', 'departments', 'invitedBy']);
    for (const invitation of overdue) {
      invitation.state = 'expired';
      invitation.endedAt = invitation.expiresAt;
      record(em, SYSTEM, 'invitation.expired', invitationFacts(invitation));
    }
    return overdue.length;
  });
}
