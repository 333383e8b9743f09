import { z } from 'zod';
import { event, text } from './event.ts';

const invitation = { invitationId: z.uuid(), email: z.string(), roles: z.array(z.string()), inviter: z.string() };
const invitationLink = (facts: { invitationId: string }): string => `/staff/invitations/${facts.invitationId}`;
const admin = { adminId: z.uuid(), name: z.string() };
const attempt = { login: z.string().max(254), address: z.string() };
const change = z.object({ before: z.unknown(), after: z.unknown() });

/** What staff do and what is done to their accounts. */
export const staffEvents = {
  'setup.completed': event({
    family: 'staff', label: 'Set-up was completed', severity: 'good',
    facts: z.object({ ...admin, organisation: z.string() }),
    title: ({ name, organisation }) => `set up ${organisation} with ${name} as its first Full Administrator`,
  }),
  'invitation.sent': event({
    family: 'staff', label: 'An invitation was sent', severity: 'info', facts: z.object(invitation),
    title: ({ email, roles }) => `invited ${email} as ${roles.join(', ')}`, link: invitationLink,
  }),
  'invitation.resent': event({
    family: 'staff', label: 'An invitation was resent', severity: 'info', facts: z.object(invitation),
    title: ({ email }) => `resent the invitation to ${email}`, link: invitationLink,
  }),
  'invitation.opened': event({
    family: 'staff', label: 'An invitation was opened', severity: 'info', facts: z.object(invitation),
    title: ({ email }) => `opened the invitation to ${email}`, link: invitationLink,
  }),
  'invitation.accepted': event({
    family: 'staff', label: 'An invitation was accepted', severity: 'good', facts: z.object({ ...invitation, ...admin }),
    title: ({ name, email }) => `accepted the invitation to ${email} as ${name}`, link: invitationLink,
  }),
  'invitation.expired': event({
    family: 'staff', label: 'An invitation expired', severity: 'warn', facts: z.object(invitation),
    title: ({ email, inviter }) => `let ${inviter}’s invitation to ${email} expire`, link: invitationLink,
  }),
  'invitation.revoked': event({
    family: 'staff', label: 'An invitation was revoked', severity: 'warn', facts: z.object(invitation),
    title: ({ email }) => `revoked the invitation to ${email}`, link: invitationLink,
  }),
  'invitation.link-copied': event({
    family: 'staff', label: 'An invitation’s link was copied', severity: 'info', facts: z.object(invitation),
    title: ({ email }) => `copied the link of the invitation to ${email}`, link: invitationLink,
  }),
  'invitation.new-link-asked': event({
    family: 'staff', label: 'A new invitation link was asked for', severity: 'warn', facts: z.object(invitation),
    title: ({ email }) => `asked for a new link for ${email}`, link: invitationLink,
  }),
  'invitation.mail-failed': event({
    family: 'staff', label: 'An invitation’s mail failed', severity: 'bad', facts: z.object({ ...invitation, reason: text }),
    title: ({ email, reason }) => `could not mail the invitation to ${email}: ${reason}`, link: invitationLink,
  }),
  'admin.added': event({
    family: 'staff', label: 'An admin was added', severity: 'good',
    facts: z.object({ ...admin, email: z.string(), username: z.string(), roles: z.array(z.string()) }),
    title: ({ name, roles }) => `added ${name} as ${roles.join(', ')}`,
  }),
  'admin.edited': event({
    family: 'staff', label: 'An admin was edited', severity: 'info', facts: z.object({ ...admin, changes: z.record(z.string(), change) }),
    title: ({ name, changes }) => `changed ${Object.keys(changes).join(', ')} of ${name}`,
  }),
  'rights.changed': event({
    family: 'staff', label: 'Rights changed', severity: 'warn', facts: z.object({ ...admin, roles: z.array(z.string()) }),
    title: ({ name, roles }) => `gave ${name} the roles ${roles.join(', ')}`,
  }),
  'key.made': event({
    family: 'security', label: 'An API key was made', severity: 'warn', facts: z.object({ keyId: z.uuid(), name: z.string(), scopes: z.array(z.string()) }),
    title: ({ name, scopes }) => `made the API key ${name} for ${scopes.join(', ')}`, link: () => '/settings/api-keys',
  }),
  'key.first-used': event({
    family: 'security', label: 'An API key was used for the first time', severity: 'info', facts: z.object({ keyId: z.uuid(), name: z.string(), address: z.string() }),
    title: ({ name, address }) => `used the API key ${name} for the first time, from ${address}`, link: () => '/settings/api-keys',
  }),
  'key.revoked': event({
    family: 'security', label: 'An API key was revoked', severity: 'warn', facts: z.object({ keyId: z.uuid(), name: z.string() }),
    title: ({ name }) => `revoked the API key ${name}`, link: () => '/settings/api-keys',
  }),
  'session.started': event({
    family: 'security', label: 'Somebody signed in', severity: 'info', facts: z.object({ ...admin, device: z.string() }),
    title: ({ device }) => `signed in with ${device}`,
  }),
  'session.refused': event({
    family: 'security', label: 'A sign-in was refused', severity: 'warn', facts: z.object(attempt),
    title: ({ login }) => `was refused at sign-in as “${login}”`,
  }),
  'session.locked-out': event({
    family: 'security', label: 'Sign-ins were locked out', severity: 'bad', facts: z.object({ ...attempt, seconds: z.int() }),
    title: ({ login, seconds }) => `was locked out as “${login}” for ${Math.ceil(seconds / 60)} min`,
  }),
  'session.ended': event({
    family: 'security', label: 'Somebody signed out', severity: 'info', facts: z.object(admin), title: () => 'signed out',
  }),
  'session.revoked': event({
    family: 'security', label: 'Login sessions were ended', severity: 'warn', facts: z.object({ ...admin, sessions: z.int() }),
    title: ({ name, sessions }) => `ended ${sessions} login session${sessions === 1 ? '' : 's'} of ${name}`,
  }),
  'password.changed': event({
    family: 'security', label: 'A password was changed', severity: 'warn', facts: z.object(admin),
    title: ({ name }) => `changed the password of ${name}`,
  }),
  'permission.denied': event({
    family: 'security', label: 'Something was denied', severity: 'warn', facts: z.object({ permission: z.string(), route: z.string() }),
    title: ({ permission, route }) => `was denied ${route}, which needs ${permission}`,
  }),
} as const;
