import type { EntityManager } from '@mikro-orm/postgresql';
import type { DepartmentChoice } from '#contract/departments.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { type Invitation, InvitationDepartment } from './Invitation.ts';
import { demandFreeUsername } from './conflicts.ts';
import { invitationFacts } from './facts.ts';
import { lockInvitation } from './lock-invitation.ts';
import { departmentsToJoin, rolesToGrant } from './terms.ts';
import { vouch } from './vouch.ts';

/** What may be changed of an invitation. A field left out stays as it is. */
export interface InvitationChanges {
  /** As it was read; another one since then is a conflict. */
  version: number;
  roleIds?: readonly string[] | undefined;
  departments?: readonly DepartmentChoice[] | undefined;
  note?: string | undefined;
  /** Null: the invitee chooses. */
  username?: string | null | undefined;
}

const FIELDS = ['roles', 'departments', 'note', 'username'] as const;
/** What an invitation is to, in words, to tell before from after. */
const inWords = (invitation: Invitation) => ({
  roles: invitation.roles
    .getItems()
    .map(({ name }) => name)
    .toSorted(),
  departments: invitation.departments
    .getItems()
    .map(({ name, ticketNotifications }) => (ticketNotifications ? `${name} with ticket notifications` : name))
    .toSorted(),
  note: invitation.note ?? '',
  username: invitation.username ?? null,
});

async function setDepartments(em: EntityManager, invitation: Invitation, choices: readonly DepartmentChoice[]): Promise<void> {
  const wanted = new Map((await departmentsToJoin(em, choices)).map(term => [term.department.id, term]));
  for (const held of invitation.departments.getItems()) {
    const term = held.department && wanted.get(held.department.id);
    if (term) held.ticketNotifications = term.ticketNotifications;
    else invitation.departments.remove(held);
    if (held.department) wanted.delete(held.department.id);
  }
  for (const term of wanted.values()) invitation.departments.add(em.create(InvitationDepartment, { invitation, ...term }));
}

async function apply(em: EntityManager, actor: Actor, invitation: Invitation, changes: InvitationChanges): Promise<void> {
  const { roleIds, departments, note, username } = changes;
  if (roleIds) invitation.roles.set(await rolesToGrant(em, actor, roleIds));
  if (departments) await setDepartments(em, invitation, departments);
  if (note !== undefined) invitation.note = note || null;
  if (username !== undefined) {
    if (username !== null) await demandFreeUsername(em, username, invitation.id);
    invitation.username = username;
  }
}

/**
 * Changes what an open invitation is to. Its link stays good: whoever accepts gets what it is to at that moment.
 * @throws Problem `not_found`, `beyond_your_rights` (of what it was to or of what it shall be to), `invitation_closed`, `conflict`,
 *   `username_taken`, or `invalid` for a role or a department that is gone
 */
export async function editInvitation(em: EntityManager, actor: Actor, id: string, changes: InvitationChanges): Promise<Invitation> {
  return em.transactional(async em => {
    const invitation = await lockInvitation(em, actor, id);
    if (invitation.state !== 'pending' && invitation.state !== 'expired') throw new Problem('invitation_closed');
    if (invitation.version !== changes.version) throw new Problem('conflict');
    const before = inWords(invitation);
    await apply(em, actor, invitation, changes);
    const after = inWords(invitation);
    const changed = FIELDS.filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
    if (changed.length === 0) return invitation;
    await vouch(em, actor, invitation);
    invitation.editedAt = await databaseNow(em); // also where only what hangs on it changed: the row gets a new version
    record(em, actor, 'invitation.edited', {
      ...invitationFacts(invitation),
      changes: Object.fromEntries(changed.map(field => [field, { before: before[field], after: after[field] }])),
    });
    return invitation;
  });
}
