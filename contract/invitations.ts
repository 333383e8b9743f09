import { z } from 'zod';
import { ADDRESSES_AT_ONCE, LONGEST_ENTRY } from './addresses.ts';
import { sessionView } from './auth.ts';
import { departmentChoices } from './departments.ts';
import { endpoint } from './endpoint.ts';
import { deliveryRow, deliveryState } from './deliveries.ts';
import { id, moment, name, newPassword, pageOf, pageQuery, username } from './shared.ts';

export const invitationState = z.enum(['pending', 'accepted', 'expired', 'revoked']);

export const invitationView = z.object({
  id,
  email: z.string(),
  /** As the inviter wrote it beside the address. */
  name: z.string().nullable(),
  roles: z.array(z.object({ id, name: z.string() })),
  /** Those that whoever accepts will belong to; `id` is null for one that is deleted, which they will not join. */
  departments: z.array(z.object({ id: id.nullable(), name: z.string(), ticketNotifications: z.boolean() })),
  username: z.string().nullable(),
  note: z.string().nullable(),
  invitedBy: z.object({ id, name: z.string() }),
  state: invitationState,
  sentAt: moment,
  expiresAt: moment,
  /** When the holder of a link that no longer works asked for a new one; null when nobody did, or it was resent since. */
  askedAt: moment.nullable(),
  acceptedBy: z.object({ id, name: z.string() }).nullable(),
  /** The latest mail that carried its link, as far as it has come; null until the worker has taken it up. */
  mail: z.object({ deliveryId: id, state: deliveryState, reason: z.string().nullable(), at: moment }).nullable(),
  resentToday: z.int(),
  /** Whether the reader may resend, revoke and copy the link: they hold all that its roles grant. */
  manageable: z.boolean(),
  version: z.int(),
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
    inviter: id.optional(),
  }),
  /** `inviters`: everybody who ever invited, for the filter. */
  result: pageOf(invitationView).extend({ inviters: z.array(z.object({ id, name: z.string() })) }),
});
export const getInvitation = endpoint('GET', '/invitations/:id', 'One invitation with all that happened to it.', {
  result: invitationView.extend({ steps: z.array(invitationStep), deliveries: z.array(deliveryRow) }),
});

const roleIds = z.array(id).min(1, 'Choose at least one role.').max(20);
const note = z.string().trim().max(1000, 'At most 1000 characters.');
/** What everybody is invited to who is invited with one request. */
const terms = { roleIds, departments: departmentChoices.default([]), note: note.default('') };

/** What became of one entry of the list. */
export const invitationResult = z.object({
  /** As it was given. */
  entry: z.string(),
  outcome: z.enum(['invited', 'already_invited', 'already_admin', 'twice', 'invalid']),
  /** Why nobody was invited; null when somebody was. */
  why: z.string().nullable(),
  /** The invitation that was made, or the open one that stands in the way. */
  invitation: invitationView.nullable(),
  /** Whose account has the address already. */
  admin: z.object({ id, name: z.string() }).nullable(),
});
export type InvitationResult = z.infer<typeof invitationResult>;
export const sendInvitations = endpoint(
  'POST',
  '/invitations',
  'Invites one or many: each gets a link by mail that is good for 168 hours. Each address has its own result.',
  {
    body: z.strictObject({
      /** Each an address, or a name with the address in angle brackets. */
      addresses: z
        .array(z.string().max(LONGEST_ENTRY, `At most ${LONGEST_ENTRY} characters.`))
        .min(1, 'Write at least one address.')
        .max(ADDRESSES_AT_ONCE, `At most ${ADDRESSES_AT_ONCE} at once.`),
      ...terms,
      /** Fixed by the inviter; with one address only. */
      username: username.optional(),
    }),
    result: z.object({ results: z.array(invitationResult) }),
  },
);
export const previewInvitation = endpoint('POST', '/invitations/preview', 'The mail as it would go out now, its link left out.', {
  body: z.strictObject({ address: z.string().max(LONGEST_ENTRY).default(''), ...terms }),
  result: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
});
export const editInvitation = endpoint(
  'PATCH',
  '/invitations/:id',
  'Changes what an open invitation is to; its link stays good. A version that is not the newest is a conflict.',
  {
    body: z.strictObject({
      version: z.int(),
      roleIds: roleIds.optional(),
      departments: departmentChoices.optional(),
      note: note.optional(),
      /** Null: the invitee chooses. */
      username: username.nullable().optional(),
    }),
    result: invitationView,
  },
);
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
  /** As the inviter wrote it; a proposal for the form. */
  name: z.string().nullable(),
  roles: z.array(z.string()),
  departments: z.array(z.string()),
  username: z.string().nullable(),
  note: z.string().nullable(),
  expiresAt: moment,
  passwordMinimum: z.int(),
  /** Who is signed in in this browser: they choose before anything is accepted. */
  signedInAs: z.string().nullable(),
});
export type InvitationOffer = z.infer<typeof invitationOffer>;
export const lookUpInvitation = endpoint('POST', '/invitations/lookup', 'What a link offers. Looking never uses it up.', {
  body: z.strictObject({ token }),
  result: invitationOffer,
});
export const checkUsername = endpoint(
  'POST',
  '/invitations/username',
  'Whether a username is free now, for whoever holds an open link. It reserves nothing.',
  {
    body: z.strictObject({ token, username, firstName: z.string().max(100), lastName: z.string().max(100) }),
    result: z.object({
      free: z.boolean(),
      /** Where it is not: some that are, like it or like the person's names. */
      suggestions: z.array(z.string()),
    }),
  },
);
export const acceptInvitation = endpoint('POST', '/invitations/accept', 'Makes the account and signs in.', {
  body: z.strictObject({ token, username: username.optional(), firstName: name, lastName: name, password: newPassword }),
  status: 201,
  result: sessionView,
});
export const askForLink = endpoint('POST', '/invitations/ask', 'Asks the inviter of a dead link for a new one, once.', {
  body: z.strictObject({ token }),
});
