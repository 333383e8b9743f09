import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../admins/Admin.ts';
import { checkNewPassword } from '../auth/new-password.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { say } from '../words/say.ts';
import type { Invitation } from './Invitation.ts';
import { violatedIndex } from './conflicts.ts';
import { deadLink, findLink, openLink } from './find-link.ts';
import { invitationTokenHash } from './link.ts';
import { freeUsernames } from './free-usernames.ts';
import { type Account, redeemLink, usernameFor } from './redeem-link.ts';

export interface Acceptance extends Omit<Account, 'passwordHash'> {
  token: string;
  password: string;
}

/** What a unique index refused, in words for the invitee. */
async function conflictOf(em: EntityManager, error: unknown, { username, invitedBy }: Invitation, wanted: Acceptance): Promise<unknown> {
  switch (violatedIndex(error)) {
    case 'admin_username_unique':
      return username === null || username === undefined
        ? new Problem(
            'username_taken',
            { fields: { username: say('This username is taken.') }, suggestions: await freeUsernames(em, wanted) },
            { cause: error },
          )
        : new Problem(
            'username_taken',
            { detail: say('This username was taken meanwhile. Ask {name} for a new invitation.', { name: invitedBy.name }) },
            { cause: error },
          );
    case 'admin_email_unique':
      return new Problem('email_taken', { detail: say('An account has this address already. Sign in with it instead.') }, { cause: error });
    default:
      return error;
  }
}

/**
 * Makes the account that an invitation promised. All but names and password comes from the invitation, as it is at that moment.
 * @returns the admin with `roles` loaded
 * @throws Problem `dead_link`, `username_taken`, `email_taken` (the link stays good), or `invalid`
 */
export async function acceptInvitation(em: EntityManager, visitor: Actor, input: Acceptance, secrets: Secrets): Promise<Admin> {
  const { token, username, firstName, lastName, password } = input;
  // the costly hash is made before anything is locked, and only for a link that is open
  const offered = await openLink(em.fork(), secrets, token);
  const words = [usernameFor(offered, username), firstName, lastName, offered.email];
  await checkNewPassword(em, password, { field: 'password', words });
  const passwordHash = await hashPassword(secrets, password);
  const tokenHash = invitationTokenHash(secrets, token);
  const account = { username, firstName, lastName, passwordHash };
  const admin = await redeemLink(em, visitor, tokenHash, account).catch(async (error: unknown) => {
    throw await conflictOf(em.fork(), error, offered, input);
  });
  if (!admin) throw await deadLink(em, await findLink(em.fork(), secrets, token));
  return admin;
}
