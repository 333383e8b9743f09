import type { EntityManager } from '@mikro-orm/postgresql';
import { INVITATION_HOURS } from '#contract/accounts.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { invalid } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { Role } from '../roles/Role.ts';
import { holdRights } from '../roles/lock.ts';
import { Invitation } from './Invitation.ts';
import { demandFreeUsername, demandNoAccount, orAlreadyInvited } from './conflicts.ts';
import { expireOverdue } from './expire-overdue.ts';
import { invitationFacts } from './facts.ts';
import { newLink } from './link.ts';
import { demandGrantable } from './policy.ts';

export interface InvitationInput {
  email: string;
  roleIds: readonly string[];
  /** Fixed: the invitee cannot choose another. */
  username?: string | undefined;
  note?: string | undefined;
}

/** Until when a link is good that is made now. */
export const deadline = (now: Date): Date => new Date(now.getTime() + INVITATION_HOURS * 60 * 60 * 1000);

/**
 * Invites somebody. The mail follows from the event.
 * @throws Problem `beyond_your_rights`, `already_admin`, `already_invited`, `username_taken`, or `invalid` for a role that is gone
 */
export async function sendInvitation(em: EntityManager, actor: Actor, input: InvitationInput, secrets: Secrets): Promise<Invitation> {
  // one whose time is up, but which the worker has not marked yet, would still count as open
  await expireOverdue(em, input.email);
  const sending = em.transactional(async em => {
    await holdRights(em);
    const roleIds = [...new Set(input.roleIds)];
    const roles = await em.find(Role, { id: { $in: roleIds } }, { orderBy: { name: 'asc' } });
    if (roles.length < roleIds.length) throw invalid('roleIds', 'One of these roles does not exist any more.');
    demandGrantable(actor, roles);
    await demandNoAccount(em, input.email);
    if (input.username !== undefined) await demandFreeUsername(em, input.username);
    const now = await databaseNow(em);
    const invitation = em.create(Invitation, {
      email: input.email,
      roles,
      username: input.username ?? null,
      note: input.note || null,
      invitedBy: await em.findOneOrFail(Admin, { id: actor.id ?? '' }, { populate: ['roles'] }),
      ...newLink(secrets),
      createdAt: now,
      sentAt: now,
      expiresAt: deadline(now),
    });
    record(em, actor, 'invitation.sent', invitationFacts(invitation));
    return invitation;
  });
  return orAlreadyInvited(sending);
}
