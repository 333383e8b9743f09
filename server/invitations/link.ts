import type { Secrets } from '../platform/secrets.ts';
import type { Invitation } from './Invitation.ts';

/** Inside every token: a link of another kind opens no invitation. */
const PURPOSE = 'invitation';

/** What the database keeps of a token, to find it by. */
export const invitationTokenHash = (secrets: Secrets, token: string): Buffer => secrets.tokenHash(PURPOSE, token);

/** What a new link is made of. */
export function newLink(secrets: Secrets): { nonce: Buffer; tokenHash: Buffer } {
  const nonce = secrets.newNonce();
  return { nonce, tokenHash: invitationTokenHash(secrets, secrets.token(PURPOSE, nonce)) };
}

/**
 * The link of an invitation, the same each time it is asked for. Its token stands in the fragment, which no browser sends to a
 * server and no proxy logs.
 * @returns `undefined` when it was made with a secret key that is no longer the current one, and so cannot be made again
 */
export function linkOf(secrets: Secrets, baseUrl: string, invitation: Pick<Invitation, 'nonce' | 'tokenHash'>): string | undefined {
  const token = secrets.token(PURPOSE, invitation.nonce);
  return invitationTokenHash(secrets, token).equals(invitation.tokenHash) ? `${baseUrl}/invitation#${token}` : undefined;
}
