import type { InvitationOffer, InvitationResult, InvitationView } from '#contract/invitations.ts';
import type { Actor } from '../platform/actor.ts';
import type { Organisation } from '../settings/Organisation.ts';
import { later, say } from '../words/say.ts';
import type { Invitation } from './Invitation.ts';
import { mayManage } from './policy.ts';
import type { Sending } from './send-invitations.ts';

interface Reading {
  /** The database's clock. */
  now: Date;
  reader: Actor;
  mail: InvitationView['mail'];
}

/** Needs all that `VIEW` names loaded. The link is not in it. */
export const presentInvitation = (invitation: Invitation, { now, reader, mail }: Reading): InvitationView => ({
  id: invitation.id,
  email: invitation.email,
  name: invitation.name ?? null,
  roles: invitation.roles.getItems().map(({ id, name }) => ({ id, name })),
  departments: invitation.departments.getItems().map(({ department, name, ticketNotifications }) => ({
    id: department?.id ?? null,
    name: department?.name ?? name,
    ticketNotifications,
  })),
  username: invitation.username ?? null,
  note: invitation.note ?? null,
  invitedBy: { id: invitation.invitedBy.id, name: invitation.invitedBy.name },
  state: invitation.stateAt(now),
  sentAt: invitation.sentAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
  askedAt: invitation.askedAt?.toISOString() ?? null,
  acceptedBy: invitation.acceptedBy ? { id: invitation.acceptedBy.id, name: invitation.acceptedBy.name } : null,
  mail,
  resentToday: invitation.resentToday(now),
  manageable: mayManage(reader, invitation),
  version: invitation.version,
});

/** What the holder of an open link may see. Needs `roles`, `departments.department` and `invitedBy` loaded. */
export const presentOffer = (invitation: Invitation, organisation: Organisation, somebody: Actor | undefined): InvitationOffer => ({
  organisation: organisation.name,
  inviter: invitation.invitedBy.name,
  email: invitation.email,
  name: invitation.name ?? null,
  roles: invitation.roles.getItems().map(role => role.name),
  departments: invitation.departments.getItems().flatMap(({ department }) => (department ? [department.name] : [])),
  username: invitation.username ?? null,
  note: invitation.note ?? null,
  expiresAt: invitation.expiresAt.toISOString(),
  passwordMinimum: organisation.passwordMinimum,
  signedInAs: somebody?.name ?? null,
});

/** Why nobody was invited, for each way that this may be. */
const WHY = {
  already_invited: later('This address has an open invitation already.'),
  already_admin: later('This address belongs to an admin already.'),
  twice: later('This address stands further up already.'),
} as const;

/** @param views of the invitations that the list led to, by id. */
export function presentSending(sending: Sending, views: ReadonlyMap<string, InvitationView>): InvitationResult {
  const { entry, outcome } = sending;
  return {
    entry,
    outcome,
    why: outcome === 'invited' ? null : outcome === 'invalid' ? sending.why : say(WHY[outcome]),
    invitation: 'invitation' in sending ? (views.get(sending.invitation.id) ?? null) : null,
    admin: outcome === 'already_admin' ? { id: sending.admin.id, name: sending.admin.name } : null,
  };
}
