import { z } from 'zod';
import { sessionView } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { deliveryRow, deliveryState } from './notifications.ts';
import { email, id, moment, name, newPassword, pageOf, pageQuery, username } from './shared.ts';

export const invitationState = z.enum(['pending', 'accepted', 'expired', 'revoked']);

export const invitationView = z.object({
  id,
  email: z.string(),
  roles: z.array(z.object({ id, name: z.string() })),
  username: z.string().nullable(),
  note: z.string().nullable(),
  invitedBy: z.object({ id, name: z.string() }),
  state: invitationState,
  sentAt: moment,
  expiresAt: moment,
  acceptedBy: z.object({ id, name: z.string() }).nullable(),
  /** The latest mail that carried its link, as far as it has come; null until the worker has taken it up. */
  mail: z.object({ deliveryId: id, state: deliveryState, reason: z.string().nullable(), at: moment }).nullable(),
  resentToday: z.int(),
  /** Whether the reader may resend, revoke and copy the link: they hold all that its roles grant. */
  manageable: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationView>;

/** One step of an invitation's life, oldest first. */
export const invitationStep = z.object({
  at: moment,
  what: z.string(),
  who: z.string(),
  lamp: z.enum(['ok', 'warn', 'bad', 'idle', 'busy']),
  detail: z.string().optional(),
});
export type InvitationStep = z.infer<typeof invitationStep>;

export const listInvitations = endpoint('GET', '/invitations', 'Invitations, newest first.', {
  query: pageQuery.extend({
    state: z.enum(['open', 'pending', 'accepted', 'expired', 'revoked']).default('open'),
    search: z.string().trim().max(100).optional(),
  }),
  result: pageOf(invitationView),
});
export const getInvitation = endpoint('GET', '/invitations/:id', 'One invitation with all that happened to it.', {
  result: invitationView.extend({ steps: z.array(invitationStep), deliveries: z.array(deliveryRow) }),
});
export const sendInvitation = endpoint('POST', '/invitations', 'Invites somebody: the link goes out by mail and is good for 168 hours.', {
  body: z.strictObject({
    email,
    roleIds: z.array(id).min(1, 'Choose at least one role.').max(20),
    username: username.optional(),
    note: z.string().trim().max(1000).optional(),
  }),
  status: 201,
  result: invitationView,
});
export const resendInvitation = endpoint('POST', '/invitations/:id/resend', 'A new link for new 168 hours; the old link is dead at once.', {
  result: invitationView,
});
export const revokeInvitation = endpoint('DELETE', '/invitations/:id', 'Revokes an invitation: its link is dead at once.', {
  result: invitationView,
});
export const copyInvitationLink = endpoint('POST', '/invitations/:id/link', 'The link itself, for the inviter to hand over.', {
  result: z.object({ link: z.string() }),
});

const token = z.string().min(1).max(200);
/** What the holder of a live link may see. */
export const invitationOffer = z.object({
  organisation: z.string(),
  inviter: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  username: z.string().nullable(),
  note: z.string().nullable(),
  expiresAt: moment,
  passwordMinimum: z.int(),
});
export type InvitationOffer = z.infer<typeof invitationOffer>;
export const lookUpInvitation = endpoint('POST', '/invitations/lookup', 'What a link offers. Looking never uses it up.', {
  body: z.strictObject({ token }),
  result: invitationOffer,
});
export const acceptInvitation = endpoint('POST', '/invitations/accept', 'Makes the account and signs in.', {
  body: z.strictObject({ token, username: username.optional(), firstName: name, lastName: name, password: newPassword }),
  status: 201,
  result: sessionView,
});
export const askForLink = endpoint('POST', '/invitations/ask', 'Asks the inviter of a dead link for a new one, once.', {
  body: z.strictObject({ token }),
});
