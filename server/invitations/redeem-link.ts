import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { Department } from '../departments/Department.ts';
import { chooseDepartments } from '../departments/choose-departments.ts';
import { record } from '../events/record.ts';
import { type Actor, SYSTEM } from '../platform/actor.ts';
import { invalid } from '../platform/problem.ts';
import { holdRights } from '../roles/lock.ts';
import { say } from '../words/say.ts';
import { Invitation } from './Invitation.ts';
import { invitationFacts } from './facts.ts';
import { isVouchedFor } from './policy.ts';
import { loadParties } from './queries.ts';

/** What an invitee chooses; the rest comes from the invitation. */
export interface Account {
  /** Only where the inviter chose none, or the same. */
  username?: string | undefined;
  firstName: string;
  lastName: string;
  passwordHash: string;
}

/** @throws Problem `invalid` for another username than the inviter's, or for none at all */
export function usernameFor(invitation: Invitation, chosen: string | undefined): string {
  const fixed = invitation.username ?? undefined;
  if (fixed !== undefined && chosen !== undefined && chosen !== fixed)
    throw invalid('username', say('Your inviter chose the username; it cannot be changed.'));
  const username = fixed ?? chosen;
  if (username === undefined) throw invalid('username', say('Choose a username.'));
  return username;
}

/** Uses the link up: of any number who try at once, one gets the invitation, the others `undefined`. */
async function consume(em: EntityManager, tokenHash: Uint8Array): Promise<Invitation | undefined> {
  const [used] = await em.execute<{ id: string }[]>(
    `update invitation set state = 'accepted', ended_at = now(), version = version + 1
      where token_hash = ? and state = 'pending' and now() < expires_at returning id`,
    [tokenHash],
  );
  if (!used) return undefined;
  const invitation = await em.findOneOrFail(Invitation, used.id, { refresh: true });
  await loadParties(em, invitation);
  return invitation;
}

/** Puts the new admin into the departments of the invitation. @returns the names of those that are deleted meanwhile */
async function join(em: EntityManager, person: Actor, admin: Admin, invitation: Invitation): Promise<string[]> {
  const terms = invitation.departments.getItems();
  const ids = terms.flatMap(({ department }) => (department ? [department.id] : []));
  // held, so that none is deleted before the new admin is in it
  const there = ids.length === 0 ? [] : await em.find(Department, { id: { $in: ids } }, { lockMode: LockMode.PESSIMISTIC_READ });
  const isThere = (id: string | undefined): id is string => there.some(department => department.id === id);
  const choices = terms.flatMap(({ department, ticketNotifications }) => {
    const id = department?.id;
    return isThere(id) ? [{ id, ticketNotifications }] : [];
  });
  await em.flush(); // there has to be an admin to put into them
  if (choices.length > 0) await chooseDepartments(em, person, admin, choices);
  return terms.filter(({ department }) => !isThere(department?.id)).map(({ name }) => name);
}

/**
 * Uses a link up and makes its account, in one transaction: where the account cannot be made, the link stays good. If the
 * inviter could not send the invitation today, it is revoked instead.
 * @returns `undefined` when the link is not open
 * @throws UniqueConstraintViolationException when the username or the address belongs to an account
 */
export async function redeemLink(em: EntityManager, visitor: Actor, tokenHash: Uint8Array, account: Account): Promise<Admin | undefined> {
  return em.transactional(async em => {
    await holdRights(em);
    const invitation = await consume(em, tokenHash);
    if (!invitation) return undefined;
    const facts = invitationFacts(invitation);
    if (!isVouchedFor(invitation)) {
      invitation.state = 'revoked';
      record(em, SYSTEM, 'invitation.revoked', facts);
      return undefined;
    }
    const { firstName, lastName, passwordHash } = account;
    const username = usernameFor(invitation, account.username);
    const admin = em.create(Admin, {
      username,
      email: invitation.email,
      firstName,
      lastName,
      passwordHash,
      roles: invitation.roles.getItems(),
      gettingStarted: true,
    });
    invitation.acceptedBy = admin;
    const person: Actor = { ...visitor, kind: 'admin', id: admin.id, name: admin.name };
    const named = { adminId: admin.id, name: admin.name };
    record(em, person, 'admin.added', { ...named, email: admin.email, username, roles: facts.roles });
    const departmentsGone = await join(em, person, admin, invitation);
    record(em, person, 'invitation.accepted', { ...facts, ...named, ...(departmentsGone.length > 0 && { departmentsGone }) });
    return admin;
  });
}
