import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { checkNewPassword } from '../auth/new-password.ts';
import { hashPassword } from '../auth/passwords.ts';
import { record } from '../events/record.ts';
import { type Actor, SYSTEM } from '../platform/actor.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { Invitation } from './Invitation.ts';
import { violatedIndex } from './conflicts.ts';
import { invitationFacts } from './facts.ts';
import { deadLink, findLink, openLink } from './find-link.ts';
import { invitationTokenHash } from './link.ts';
import { isVouchedFor } from './policy.ts';

export interface Acceptance {
  token: string;
  /** Only where the inviter chose none, or the same. */
  username?: string | undefined;
  firstName: string;
  lastName: string;
  password: string;
}

function usernameFor(invitation: Invitation, chosen: string | undefined): string {
  const fixed = invitation.username ?? undefined;
  if (fixed !== undefined && chosen !== undefined && chosen !== fixed)
    throw invalid('username', 'Your inviter chose the username; it cannot be changed.');
  const username = fixed ?? chosen;
  if (username === undefined) throw invalid('username', 'Choose a username.');
  return username;
}

/** Uses the link up: of any number who try at once, one gets the invitation, the others `undefined`. */
async function consume(em: EntityManager, tokenHash: Buffer): Promise<Invitation | undefined> {
  const [used] = await em.execute<{ id: string }[]>(
    `update invitation set state = 'accepted', ended_at = now(), version = version + 1
      where token_hash = ? and state = 'pending' and now() < expires_at returning id`,
    [tokenHash],
  );
  return used && em.findOneOrFail(Invitation, used.id, { populate: ['roles', 'invitedBy.roles'] });
}

/** What a unique index refused, in words for the invitee. */
function conflictOf(error: unknown, invitation: Invitation): unknown {
  switch (violatedIndex(error)) {
    case 'admin_username_unique':
      return invitation.username === null || invitation.username === undefined
        ? new Problem('username_taken', { fields: { username: 'This username is taken.' } }, { cause: error })
        : new Problem(
            'username_taken',
            { detail: `This username was taken meanwhile. Ask ${invitation.invitedBy.name} for a new invitation.` },
            { cause: error },
          );
    case 'admin_email_unique':
      return new Problem('email_taken', {}, { cause: error });
    default:
      return error;
  }
}

/**
 * Makes the account that an invitation promised. All but names and password comes from the invitation, as it is at that moment;
 * if its inviter could not send it today, it is revoked instead.
 * @returns the admin with `roles` loaded
 * @throws Problem `dead_link`, `username_taken`, `email_taken` (the link stays good), or `invalid`
 */
export async function acceptInvitation(em: EntityManager, visitor: Actor, input: Acceptance, secrets: Secrets): Promise<Admin> {
  const { token, firstName, lastName, password } = input;
  // the costly hash is made before the transaction, so that nothing is locked meanwhile, and only for a link that is open
  const offered = await openLink(em.fork(), secrets, token);
  const words = [usernameFor(offered, input.username), firstName, lastName, offered.email];
  await checkNewPassword(em, password, { field: 'password', words });
  const passwordHash = await hashPassword(secrets, password);

  const accepting = em.transactional(async em => {
    const invitation = await consume(em, invitationTokenHash(secrets, token));
    if (!invitation) return undefined;
    if (!isVouchedFor(invitation)) {
      invitation.state = 'revoked';
      record(em, SYSTEM, 'invitation.revoked', invitationFacts(invitation));
      return undefined;
    }
    const { email, roles } = invitation;
    const admin = em.create(Admin, {
      username: usernameFor(invitation, input.username),
      email,
      firstName,
      lastName,
      passwordHash,
      roles: roles.getItems(),
    });
    invitation.acceptedBy = admin;
    const person: Actor = { ...visitor, kind: 'admin', id: admin.id, name: admin.name };
    const named = { adminId: admin.id, name: admin.name };
    const facts = invitationFacts(invitation);
    record(em, person, 'invitation.accepted', { ...facts, ...named });
    record(em, person, 'admin.added', { ...named, email, username: admin.username, roles: facts.roles });
    return admin;
  });
  const admin = await accepting.catch((error: unknown) => {
    throw conflictOf(error, offered);
  });
  if (!admin) throw await deadLink(em, await findLink(em.fork(), secrets, token));
  return admin;
}
