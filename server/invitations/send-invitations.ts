import type { EntityManager } from '@mikro-orm/postgresql';
import { INVITATION_HOURS } from '#contract/accounts.ts';
import type { DepartmentChoice } from '#contract/departments.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Role } from '../roles/Role.ts';
import { holdRights } from '../roles/lock.ts';
import { say } from '../words/say.ts';
import { Invitation } from './Invitation.ts';
import { accountsOf, demandFreeUsername, violatedIndex } from './conflicts.ts';
import { expireOverdue } from './expire-overdue.ts';
import { invitationFacts } from './facts.ts';
import { newLink } from './link.ts';
import { openInvitationsTo } from './queries.ts';
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
  | { outcome: 'invited' | 'already_invited'; invitation: Invitation }
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

const ATTEMPTS = 5;

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

async function termsOf(em: EntityManager, actor: Actor, input: InvitationsInput): Promise<Terms> {
  if (input.username !== undefined) await demandFreeUsername(em, input.username);
  return {
    roles: await rolesToGrant(em, actor, input.roleIds),
    departments: await departmentsToJoin(em, input.departments ?? []),
    inviter: await em.findOneOrFail(Admin, { id: actor.id ?? '' }, { populate: ['roles'] }),
    username: input.username ?? null,
    note: input.note || null,
    now: await databaseNow(em),
  };
}

function invite(em: EntityManager, actor: Actor, { email, name }: Person, terms: Terms, secrets: Secrets): Invitation {
  const { roles, departments, inviter, username, note, now } = terms;
  const invitation = em.create(Invitation, {
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
  record(em, actor, 'invitation.sent', invitationFacts(invitation));
  return invitation;
}

/** Invites all of them who have neither an account nor an open invitation. @returns what became of each, by their place in the list */
async function inviteAll(
  em: EntityManager,
  actor: Actor,
  people: ReadonlyMap<number, Person>,
  terms: Terms,
  secrets: Secrets,
): Promise<Map<number, Sending>> {
  const emails = [...people.values()].map(({ email }) => email);
  const [accounts, open] = [await accountsOf(em, emails), await openInvitationsTo(em, emails)];
  const sendingTo = (person: Person): Sending => {
    const { entry, email } = person;
    const admin = accounts.get(email.toLowerCase());
    if (admin) return { entry, outcome: 'already_admin', admin };
    const invitation = open.get(email.toLowerCase());
    if (invitation) return { entry, outcome: 'already_invited', invitation };
    return { entry, outcome: 'invited', invitation: invite(em, actor, person, terms, secrets) };
  };
  // in the order of the addresses: two lists at once must not wait for each other
  const inOrder = [...people].toSorted(([, a], [, b]) => (a.email.toLowerCase() < b.email.toLowerCase() ? -1 : 1));
  return new Map(inOrder.map(([at, person]) => [at, sendingTo(person)]));
}

/** Again, where somebody else invited one of them at the same moment: the unique index lets one by, and then the other sees it. */
async function again<T>(attempt: () => Promise<T>, times = ATTEMPTS): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (violatedIndex(error) !== 'invitation_open_email_unique') throw error;
    if (times <= 1) throw new Problem('busy', {}, { cause: error });
    return again(attempt, times - 1);
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
    throw invalid('username', say('A username can be fixed for one address only.'));
  const { people, settled } = read(input.addresses);
  const emails = [...people.values()].map(({ email }) => email);
  // those whose time is up, but which the worker has not marked yet, would still count as open
  if (emails.length > 0) await expireOverdue(em, emails);
  const sent = await again(() =>
    em.transactional(async em => {
      await holdRights(em);
      return inviteAll(em, actor, people, await termsOf(em, actor, input), secrets);
    }),
  );
  return [...settled, ...sent].toSorted(([a], [b]) => a - b).map(([, sending]) => sending);
}
