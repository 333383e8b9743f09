import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { type Holder, canGrant } from '../roles/policy.ts';
import type { Role } from '../roles/Role.ts';
import { say } from '../words/say.ts';
import type { Invitation } from './Invitation.ts';

const mayInviteTo = (holder: Holder, roles: readonly Role[]): boolean =>
  holder.permissions.has('admins.invite') && roles.every(role => canGrant(holder, role));

/** Whether this person may resend it, revoke it and hand over its link: whoever could have sent it. Needs `roles` loaded. */
export const mayManage = (holder: Holder, invitation: Invitation): boolean => mayInviteTo(holder, invitation.roles.getItems());

/** Whether its inviter could send it today. An invitation never gives more than that. Needs `roles` and `invitedBy.roles` loaded. */
export function isVouchedFor(invitation: Invitation): boolean {
  const { invitedBy: inviter, roles } = invitation;
  const holder = { permissions: inviter.effective(), superadmin: inviter.isSuperadmin };
  return !inviter.disabledAt && roles.length > 0 && mayInviteTo(holder, roles.getItems());
}

/** @throws Problem `beyond_your_rights` that names the roles the actor may not give */
export function demandGrantable(actor: Actor, roles: readonly Role[]): void {
  const beyond = roles.filter(role => !canGrant(actor, role)).map(role => role.name);
  if (beyond.length > 0)
    throw new Problem('beyond_your_rights', { detail: say('You do not hold all that {beyond} grants.', { beyond: beyond.join(', ') }) });
}
