import { z } from 'zod';
import { event, text } from './event.ts';

const invitation = {
  invitationId: z.uuid(),
  email: z.string(),
  roles: z.array(z.string()),
  /** Events from before invitations had departments lack them. */
  departments: z.array(z.string()).optional(),
  inviter: z.string(),
};
const invitationLink = (facts: { invitationId: string }): string => `/staff/invitations/${facts.invitationId}`;
const admin = { adminId: z.uuid(), name: z.string() };
const adminLink = (facts: { adminId: string }): string => `/staff/${facts.adminId}`;
const department = { departmentId: z.uuid(), department: z.string() };
const role = { roleId: z.uuid(), role: z.string() };
const roleLink = (facts: { roleId: string }): string => `/roles/${facts.roleId}`;
const change = z.object({ before: z.unknown(), after: z.unknown() });

/** What staff do and what is done to their accounts. */
export const staffEvents = {
  'setup.completed': event({
    family: 'staff',
    label: 'Set-up was completed',
    severity: 'good',
    facts: z.object({ ...admin, organisation: z.string() }),
    title: ({ name, organisation }) => `set up ${organisation} with ${name} as its first Full Administrator`,
  }),
  'invitation.sent': event({
    family: 'staff',
    label: 'An invitation was sent',
    severity: 'info',
    facts: z.object(invitation),
    title: ({ email, roles }) => `invited ${email} as ${roles.join(', ')}`,
    link: invitationLink,
  }),
  'invitation.resent': event({
    family: 'staff',
    label: 'An invitation was resent',
    severity: 'info',
    facts: z.object(invitation),
    title: ({ email }) => `resent the invitation to ${email}`,
    link: invitationLink,
  }),
  'invitation.opened': event({
    family: 'staff',
    label: 'An invitation was opened',
    severity: 'info',
    facts: z.object(invitation),
    title: ({ email }) => `opened the invitation to ${email}`,
    link: invitationLink,
  }),
  'invitation.accepted': event({
    family: 'staff',
    label: 'An invitation was accepted',
    severity: 'good',
    facts: z.object({ ...invitation, ...admin, /** Deleted meanwhile, so not joined. */ departmentsGone: z.array(z.string()).optional() }),
    title: ({ name, email }) => `accepted the invitation to ${email} as ${name}`,
    link: invitationLink,
  }),
  'invitation.expired': event({
    family: 'staff',
    label: 'An invitation expired',
    severity: 'warn',
    facts: z.object(invitation),
    title: ({ email, inviter }) => `let ${inviter}’s invitation to ${email} expire`,
    link: invitationLink,
  }),
  'invitation.revoked': event({
    family: 'staff',
    label: 'An invitation was revoked',
    severity: 'warn',
    facts: z.object(invitation),
    title: ({ email }) => `revoked the invitation to ${email}`,
    link: invitationLink,
  }),
  'invitation.edited': event({
    family: 'staff',
    label: 'An invitation was edited',
    severity: 'info',
    facts: z.object({ ...invitation, changes: z.record(z.string(), change) }),
    title: ({ email, changes }) => `changed ${Object.keys(changes).join(', ')} of the invitation to ${email}`,
    link: invitationLink,
  }),
  'invitation.reminded': event({
    family: 'staff',
    label: 'A reminder of an invitation was sent',
    severity: 'info',
    facts: z.object(invitation),
    title: ({ email }) => `reminded ${email} of the invitation`,
    link: invitationLink,
  }),
  'invitation.link-copied': event({
    family: 'staff',
    label: 'An invitation’s link was copied',
    severity: 'info',
    facts: z.object(invitation),
    title: ({ email }) => `copied the link of the invitation to ${email}`,
    link: invitationLink,
  }),
  'invitation.new-link-asked': event({
    family: 'staff',
    label: 'A new invitation link was asked for',
    severity: 'warn',
    facts: z.object(invitation),
    title: ({ email }) => `asked for a new link for ${email}`,
    link: invitationLink,
  }),
  'invitation.mail-failed': event({
    family: 'staff',
    label: 'An invitation’s mail failed',
    severity: 'bad',
    facts: z.object({ ...invitation, reason: text }),
    title: ({ email, reason }) => `could not mail the invitation to ${email}: ${reason}`,
    link: invitationLink,
  }),
  'admin.added': event({
    family: 'staff',
    label: 'An admin was added',
    severity: 'good',
    facts: z.object({ ...admin, email: z.string(), username: z.string(), roles: z.array(z.string()) }),
    title: ({ name, roles }) => `added ${name} as ${roles.join(', ')}`,
    link: adminLink,
  }),
  'admin.edited': event({
    family: 'staff',
    label: 'An admin was edited',
    severity: 'info',
    facts: z.object({ ...admin, changes: z.record(z.string(), change) }),
    title: ({ name, changes }) => `changed ${Object.keys(changes).join(', ')} of ${name}`,
    link: adminLink,
  }),
  'admin.disabled': event({
    family: 'staff',
    label: 'An admin was disabled',
    severity: 'warn',
    facts: z.object({ ...admin, sessions: z.int(), handedOver: z.array(text).optional() }),
    title: ({ name }) => `disabled ${name}`,
    link: adminLink,
  }),
  'admin.enabled': event({
    family: 'staff',
    label: 'An admin was enabled',
    severity: 'info',
    facts: z.object(admin),
    title: ({ name }) => `enabled ${name}`,
    link: adminLink,
  }),
  'admin.deleted': event({
    family: 'staff',
    label: 'An admin was deleted',
    severity: 'bad',
    facts: z.object({ ...admin, username: z.string() }),
    title: ({ name }) => `deleted the account of ${name}`,
  }),
  'admin.departments-changed': event({
    family: 'staff',
    label: 'An admin’s departments changed',
    severity: 'info',
    facts: z.object({ ...admin, departments: z.array(z.string()), changes: z.record(z.string(), change).optional() }),
    title: ({ name, departments }) =>
      departments.length > 0 ? `put ${name} into ${departments.join(', ')}` : `took ${name} out of all departments`,
    link: adminLink,
  }),
  'department.added': event({
    family: 'staff',
    label: 'A department was added',
    severity: 'info',
    facts: z.object(department),
    title: ({ department }) => `added the department ${department}`,
    link: () => '/departments',
  }),
  'department.edited': event({
    family: 'staff',
    label: 'A department was edited',
    severity: 'info',
    facts: z.object({ ...department, changes: z.record(z.string(), change) }),
    title: ({ department, changes }) => `changed ${Object.keys(changes).join(', ')} of the department ${department}`,
    link: () => '/departments',
  }),
  'department.deleted': event({
    family: 'staff',
    label: 'A department was deleted',
    severity: 'warn',
    facts: z.object({ ...department, members: z.int() }),
    title: ({ department }) => `deleted the department ${department}`,
  }),
  'role.added': event({
    family: 'staff',
    label: 'A role was added',
    severity: 'warn',
    facts: z.object({ ...role, permissions: z.array(z.string()) }),
    title: ({ role, permissions }) => `added the role ${role} with ${permissions.length} permissions`,
    link: roleLink,
  }),
  'role.edited': event({
    family: 'staff',
    label: 'A role was edited',
    severity: 'warn',
    facts: z.object({ ...role, people: z.int(), changes: z.record(z.string(), change) }),
    title: ({ role, people }) => `changed the role ${role}, which ${people} ${people === 1 ? 'person holds' : 'people hold'}`,
    link: roleLink,
  }),
  'role.deleted': event({
    family: 'staff',
    label: 'A role was deleted',
    severity: 'warn',
    facts: z.object({ ...role, movedTo: z.string().nullable(), people: z.int(), invitations: z.int() }),
    title: ({ role, movedTo }) =>
      movedTo === null ? `deleted the role ${role}` : `deleted the role ${role} and moved its people to ${movedTo}`,
    link: () => '/roles',
  }),
  'rights.asked-for': event({
    family: 'staff',
    label: 'Somebody asked for a right',
    severity: 'info',
    facts: z.object({ ...admin, permission: z.string(), label: z.string() }),
    title: ({ label, permission }) => `asked for the right ${label} (${permission})`,
    link: adminLink,
  }),
  'rights.changed': event({
    family: 'staff',
    label: 'Rights changed',
    severity: 'warn',
    facts: z.object({ ...admin, roles: z.array(z.string()), changes: z.record(z.string(), change).optional() }),
    title: ({ name, roles }) => `gave ${name} the roles ${roles.join(', ')}`,
    link: adminLink,
  }),
} as const;
