import { linkKind } from '../platform/link.ts';

const invitation = linkKind('invitation', '/invitation');

/** What the database keeps of a token, to find it by. */
export const invitationTokenHash = invitation.hash;
/** What a new link is made of. */
export const newLink = invitation.make;
/** The link of an invitation; `undefined` when it was made with an earlier secret key. */
export const linkOf = invitation.urlOf;
