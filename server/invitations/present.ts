import type { InvitationOffer, InvitationView } from '#contract/invitations.ts';
import type { Actor } from '../platform/actor.ts';
import type { Organisation } from '../settings/Organisation.ts';
import type { Invitation } from './Invitation.ts';
import { mayManage } from './policy.ts';

interface Reading {
  /** The database's clock. */
  now: Date;
  reader: Actor;
  mail: InvitationView['mail'];
}

/** Needs `roles`, `invitedBy` and `acceptedBy` loaded. The link is not in it. */
export const presentInvitation = (invitation: Invitation, { now, reader, mail }: Reading): InvitationView => ({
  id: invitation.id,
  email: invitation.email,
  roles: invitation.roles.getItems().map(({ id, name }) => ({ id, name })),
  username: invitation.username ?? null,
  note: invitation.note ?? null,
  invitedBy: { id: invitation.invitedBy.id, name: invitation.invitedBy.name },
  state: invitation.stateAt(now),
  sentAt: invitation.sentAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
  acceptedBy: invitation.acceptedBy ? { id: invitation.acceptedBy.id, name: invitation.acceptedBy.name } : null,
  mail,
  resentToday: invitation.resentToday(now),
  manageable: mayManage(reader, invitation),
});

/** What the holder of an open link may see. Needs `roles` and `invitedBy` loaded. */
export const presentOffer = (invitation: Invitation, organisation: Organisation): InvitationOffer => ({
  organisation: organisation.name,
  inviter: invitation.invitedBy.name,
  email: invitation.email,
  roles: invitation.roles.getItems().map(role => role.name),
  username: invitation.username ?? null,
  note: invitation.note ?? null,
  expiresAt: invitation.expiresAt.toISOString(),
  passwordMinimum: organisation.passwordMinimum,
});
