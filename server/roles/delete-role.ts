import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Role } from './Role.ts';
import { lockRights } from './lock.ts';
import { type OpenRole, demandHeld, openRole } from './open-role.ts';
import { canGrant } from './policy.ts';
import { type OpenInvitation, invitationsTo } from './queries.ts';
import { type Held, moveRights, rightsOf, settleSecondFactor } from './rights.ts';
import { settleKeptSessions } from './session-lengths.ts';
import { listed } from '../words/moments.ts';

/** A role that may go, who and what refers to it, and what they get instead. */
export interface Removal extends OpenRole {
  invitations: OpenInvitation[];
  /** Absent where nothing refers to the role. */
  target: Role | undefined;
}

const peopleWords = (count: number): string => (count === 1 ? say('1 person') : say('{count} people', { count }));
const invitationWords = (count: number): string => (count === 1 ? say('1 open invitation') : say('{count} open invitations', { count }));

/**
 * Looks at what deleting a role would take, without doing it.
 * @param moveTo the role that people and open invitations get instead.
 * @throws Problem what `openRole` throws; `in_use` when somebody needs another role and none is given; `invalid` for one that cannot be
 * it; `beyond_your_rights` for one that the actor may not give
 */
export async function openRemoval(
  em: EntityManager,
  actor: Actor,
  id: string,
  version: number,
  moveTo: string | undefined,
): Promise<Removal> {
  const open = await openRole(em, actor, id, version);
  const invitations = await invitationsTo(em, id);
  const needed = open.holders.length > 0 || invitations.length > 0;
  if (moveTo === undefined) {
    if (!needed) return { ...open, invitations, target: undefined };
    const users = [
      ...(open.holders.length > 0 ? [peopleWords(open.holders.length)] : []),
      ...(invitations.length > 0 ? [invitationWords(invitations.length)] : []),
    ];
    throw new Problem('in_use', {
      detail: say('{users} would be left without this role. Choose the role that they get instead.', { users: listed(users) }),
    });
  }
  const target = moveTo === id ? null : await em.findOne(Role, moveTo);
  if (!target) throw invalid('moveTo', say('Choose another role, one that exists.'));
  demandHeld(open.editor, target, 'moveTo');
  return { ...open, invitations, target };
}

async function movePeople(em: EntityManager, actor: Actor, { role, holders }: Removal, target: Role): Promise<void> {
  const ids = holders.map(({ id }) => id);
  await em.execute(
    'insert into admin_roles (admin_id, role_id) select admin_id, ? from admin_roles where role_id = ? on conflict do nothing',
    [target.id, role.id],
  );
  await em.execute('delete from admin_roles where role_id = ?', [role.id]);
  await moveRights(em, ids, actor.name);
  // their roles are what whoever edits one of these accounts has read
  await em.execute('update admin set version = version + 1 where id in (?)', [ids]);
  await settleSecondFactor(em, ids);
  await settleKeptSessions(em, ids);
  const now = await rightsOf(em, ids);
  const names = (held: Held | undefined): string[] => held?.roles.map(({ name }) => name) ?? [];
  for (const holder of holders) {
    const roles = names(now.get(holder.id));
    const changes = { roles: { before: names(holder), after: roles } };
    record(em, actor, 'rights.changed', { adminId: holder.id, name: holder.name, roles, changes });
  }
}

/** An invitation is vouched for by its inviter: where that person could not give the new role, whoever moves it answers for it, if they invite. */
async function moveInvitations(em: EntityManager, actor: Actor, { role, editor, invitations }: Removal, target: Role): Promise<void> {
  const ids = invitations.map(({ id }) => id);
  const inviters = await rightsOf(em, [...new Set(invitations.map(({ inviter }) => inviter.id))]);
  const weak = [...inviters.values()].filter(inviter => !canGrant(inviter, target)).map(({ id }) => id);
  await em.execute(
    'insert into invitation_roles (invitation_id, role_id) select invitation_id, ? from invitation_roles where role_id = ? and invitation_id in (?) on conflict do nothing',
    [target.id, role.id, ids],
  );
  await em.execute('update invitation set version = version + 1 where id in (?)', [ids]);
  if (weak.length > 0 && editor.permissions.has('admins.invite'))
    await em.execute('update invitation set invited_by_id = ? where id in (?) and invited_by_id in (?)', [editor.id, ids, weak]);
  for (const { id, email, inviter, roles } of invitations) {
    const after = [...new Set([...roles.filter(name => name !== role.name), target.name])].toSorted();
    record(em, actor, 'invitation.edited', {
      invitationId: id,
      email,
      inviter: inviter.name,
      roles: after,
      changes: { roles: { before: roles, after } },
    });
  }
}

/**
 * Deletes a role. Whoever holds it, and whoever is invited to it, gets the other one in the same moment.
 * @returns how many were moved
 * @throws Problem what `openRemoval` throws
 */
export function deleteRole(
  em: EntityManager,
  actor: Actor,
  id: string,
  { version, moveTo }: { version: number; moveTo?: string | undefined },
): Promise<{ people: number; invitations: number }> {
  return em.transactional(async em => {
    await lockRights(em);
    const removal = await openRemoval(em, actor, id, version, moveTo);
    const { role, target, holders, invitations } = removal;
    if (target && holders.length > 0) await movePeople(em, actor, removal, target);
    if (target && invitations.length > 0) await moveInvitations(em, actor, removal, target);
    await em.execute('delete from role where id = ?', [id]);
    const moved = { people: holders.length, invitations: invitations.length };
    record(em, actor, 'role.deleted', { roleId: id, role: role.name, movedTo: target?.name ?? null, ...moved });
    return moved;
  });
}
