import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProblemCode } from '#contract/problems.ts';
import type { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import type { Invitation } from '#server/invitations/Invitation.ts';
import { linkOf } from '#server/invitations/link.ts';
import { type InvitationsInput, sendInvitations } from '#server/invitations/send-invitations.ts';
import { Problem } from '#server/platform/problem.ts';
import { Refusal } from '../../support/caller.ts';
import { actorOf, secrets, someRole } from '../../support/people.ts';

/** The refusal that a call through the API ends in. */
export async function refused(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw new Error('it was not refused', { cause: error });
}
export const tokenIn = (link: string): string => link.split('#')[1] ?? '';

let count = 0;
export const freshEmail = (): string => `invitee${(count += 1)}@northwind.example`;

export function tokenOf(invitation: Invitation): string {
  const token = linkOf(secrets, 'http://localhost', invitation)?.split('#')[1];
  if (!token) throw new Error('there is no link');
  return token;
}

type Input = Partial<Omit<InvitationsInput, 'addresses'>> & { email?: string };

/** An invitation by this person to a role that grants one thing. @throws Problem with the outcome, where nobody was invited */
export async function invite(em: EntityManager, inviter: Admin, { email = freshEmail(), ...input }: Input = {}): Promise<Invitation> {
  const roleIds = input.roleIds ?? [(await someRole(em, 'dashboard.view')).id];
  const [sending] = await sendInvitations(em, actorOf(inviter), { addresses: [email], ...input, roleIds }, secrets);
  if (sending?.outcome === 'invited') return sending.invitation;
  throw new Problem(sending?.outcome === 'already_admin' || sending?.outcome === 'already_invited' ? sending.outcome : 'invalid');
}

export const acceptance = { firstName: 'Sam', lastName: 'Lee', password: 'correct horse battery staple' };

/** The types of an invitation's events, in order. */
export async function typesOf(em: EntityManager, invitation: Invitation): Promise<string[]> {
  const events = await em.fork().find(Event, { facts: { invitationId: invitation.id } }, { orderBy: { storedAt: 'asc' } });
  return events.map(({ type }) => type);
}

/** The code that a command fails with; `ok` when it does not. */
export async function codeOf(command: Promise<unknown>): Promise<ProblemCode | 'ok'> {
  try {
    await command;
    return 'ok';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
