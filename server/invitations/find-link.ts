import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { organisation } from '../settings/queries.ts';
import { Invitation, InvitationOldLink } from './Invitation.ts';
import { invitationTokenHash } from './link.ts';
import { isVouchedFor } from './policy.ts';
import { loadParties } from './queries.ts';
import { withdrawInvitation } from './revoke-invitation.ts';

/** A link that exists, or did. */
export interface FoundLink {
  invitation: Invitation;
  state: 'open' | 'accepted' | 'expired' | 'revoked' | 'superseded';
  /** Since when it is what it is. */
  at: Date;
  /** Whether its holder asked for a new one. */
  asked: boolean;
}

/** What a token is the link of; `undefined` when there never was such a link. An open one for which nobody vouches any more is withdrawn. */
export async function findLink(em: EntityManager, secrets: Secrets, token: string): Promise<FoundLink | undefined> {
  const tokenHash = invitationTokenHash(secrets, token);
  const invitation = await em.findOne(Invitation, { tokenHash }, { refresh: true });
  if (invitation) {
    await loadParties(em, invitation);
    const now = await databaseNow(em);
    const state = invitation.stateAt(now);
    const asked = !!invitation.askedAt;
    if (state !== 'pending')
      return { invitation, state, at: state === 'expired' ? invitation.expiresAt : (invitation.endedAt ?? now), asked };
    if (isVouchedFor(invitation)) return { invitation, state: 'open', at: invitation.sentAt, asked };
    await withdrawInvitation(em, invitation);
    return { invitation, state: 'revoked', at: now, asked };
  }
  const old = await em.findOne(InvitationOldLink, { tokenHash }, { populate: ['invitation.invitedBy'] });
  return old ? { invitation: old.invitation, state: 'superseded', at: old.invitation.sentAt, asked: !!old.askedAt } : undefined;
}

/**
 * Why a link is dead, for its holder: its state, who can help, and nothing about the account behind it. For a link that never
 * was, one text for every reason, so that guessing tells nothing.
 */
export async function deadLink(em: EntityManager, found: FoundLink | undefined): Promise<Problem> {
  if (!found) return new Problem('dead_link');
  const { invitation, state, at, asked } = found;
  const { name } = await organisation(em);
  return new Problem('dead_link', {
    invitation: { state, organisation: name, inviter: invitation.invitedBy.name, at: at.toISOString(), asked },
  });
}

/** @throws Problem `dead_link` unless the link is open */
export async function openLink(em: EntityManager, secrets: Secrets, token: string): Promise<Invitation> {
  const found = await findLink(em, secrets, token);
  if (found?.state !== 'open') throw await deadLink(em, found);
  return found.invitation;
}
