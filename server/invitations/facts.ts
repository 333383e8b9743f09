import type { Facts } from '#contract/events.ts';
import type { Invitation } from './Invitation.ts';

/** What every event of an invitation says. Needs `roles`, `departments` and `invitedBy` loaded. */
export const invitationFacts = (invitation: Invitation): Facts<'invitation.sent'> => ({
  invitationId: invitation.id,
  email: invitation.email,
  roles: invitation.roles.getItems().map(role => role.name),
  departments: invitation.departments.getItems().map(department => department.name),
  inviter: invitation.invitedBy.name,
});
