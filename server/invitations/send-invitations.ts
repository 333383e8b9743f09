import type { EntityManager } from '@mikro-orm/postgresql';
import { INVITATION_HOURS } from '#contract/accounts.ts';
import type { DepartmentChoice } from '#contract/departments.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { invalid } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Role } from '../roles/Role.ts';
import { holdRights } from '../roles/lock.ts';
import { Invitation } from './Invitation.ts';
import { accountOf, demandFreeUsername, violatedIndex } from './conflicts.ts';
import { expireOverdue } from './expire-overdue.ts';
import { invitationFacts } from './facts.ts';
import { newLink } from './link.ts';
import { openInvitationTo } from './queries.ts';
import { readEntry } from './read-entry.ts';
import { type DepartmentTerm, departmentsToJoin, rolesToGrant } from './terms.ts';

export interface InvitationsInput {
  /** Each as `readEntry` takes it. */
  addresses: readonly string[];
  roleIds: readonly string[];
  departments?: readonly DepartmentChoice[];
  note?: string | undefined;
  /** Fixed: the invitee cannot choose another. With one address only. */
  username?: string | undefined;
}

/** What became of one entry of the list. */
export type Sending = { entry: string } & (
  | { outcome: 'invited'; invitation: Invitation }
  | { outcome: 'already_invited'; /** Null where it was ended that very moment. */ invitation: Invitation | null }
  | { outcome: 'already_admin'; admin: { id: string; name: string } }
  | { outcome: 'twice' }
  | { outcome: 'invalid'; why: string }
);

interface Person {
  entry: string;
  email: string;
  name: string | undefined;
}
/** What all of one list are invited to. */
interface Terms {
  roles: Role[];
  departments: DepartmentTerm[];
  inviter: Admin;
  username: string | null;
  note: string | null;
  now: Date;
}

/** Until when a link is good that is made now. */
export const deadline = (now: Date): Date => new Date(now.getTime() + INVITATION_HOURS * 60 * 60 * 1000);

/** The entries, read: people to invite, and those of whom it is clear already that nobody will be. */
function read(addresses: readonly string[]): { people: Map<number, Person>; settled: Map<number, Sending> } {
  const people = new Map<number, Person>();
  const settled = new Map<number, Sending>();
  const seen = new Set<string>();
  for (const [at, entry] of addresses.entries()) {
    const found = readEntry(entry);
    if ('why' in found) settled.set(at, { entry, outcome: 'invalid', why: found.why });
    else if (seen.has(found.email.toLowerCase())) settled.set(at, { entry, outcome: 'twice' });
    else people.set(at, { entry, ...found });
    if ('email' in found) seen.add(found.email.toLowerCase());
  }
  return { people, settled };
}

/** Invites one person inside a savepoint: of two who invite an address at once the unique index lets one by, the other is told. */
async function invite(em: EntityManager, actor: Actor, { entry, email, name }: Person, terms: Terms, secrets: Secrets): Promise<Sending> {
  const admin = await accountOf(em, email);
  if (admin) return { entry, outcome: 'already_admin', admin };
  const { roles, departments, inviter, username, note, now } = terms;
  try {
    const invitation = await em.transactional(em => {
      const made = em.create(Invitation, {
        email,
        name: name ?? null,
        roles,
        departments: departments.map(term => ({ ...term })),
        username,
        note,
        invitedBy: inviter,
        ...newLink(secrets),
        createdAt: now,
        sentAt: now,
        expiresAt: deadline(now),
      });
      record(em, actor, 'invitation.sent', invitationFacts(made));
      return Promise.resolve(made);
    });
    return { entry, outcome: 'invited', invitation };
  } catch (error) {
    if (violatedIndex(error) !== 'invitation_open_email_unique') throw error;
    return { entry, outcome: 'already_invited', invitation: await openInvitationTo(em, email) };
  }
}

/**
 * Invites everybody on a list, each with a result of their own, in one transaction: should it fail half-way, nobody was invited.
 * The mails follow from the events.
 * @returns what became of each entry, in the order of the list
 * @throws Problem `beyond_your_rights`, `username_taken`, or `invalid` for a role or a department that is gone
 */
export async function sendInvitations(em: EntityManager, actor: Actor, input: InvitationsInput, secrets: Secrets): Promise<Sending[]> {
  if (input.username !== undefined && input.addresses.length > 1)
    throw invalid('username', 'A username can be fixed for one address only.');
  const { people, settled } = read(input.addresses);
  // those whose time is up, but which the worker has not marked yet, would still count as open
  if (people.size > 0)
    await expireOverdue(
      em,
      [...people.values()].map(({ email }) => email),
    );
  return em.transactional(async em => {
    await holdRights(em);
    if (input.username !== undefined) await demandFreeUsername(em, input.username);
    const terms: Terms = {
      roles: await rolesToGrant(em, actor, input.roleIds),
      departments: await departmentsToJoin(em, input.departments ?? []),
      inviter: await em.findOneOrFail(Admin, { id: actor.id ?? '' }, { populate: ['roles'] }),
      username: input.username ?? null,
      note: input.note || null,
      now: await databaseNow(em),
    };
    // in the order of the addresses: two lists at once must not wait for each other
    const inOrder = [...people].toSorted(([, a], [, b]) => (a.email.toLowerCase() < b.email.toLowerCase() ? -1 : 1));
    for (const [at, person] of inOrder) settled.set(at, await invite(em, actor, person, terms, secrets));
    return [...settled].toSorted(([a], [b]) => a - b).map(([, sending]) => sending);
  });
}
