import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import { Invitation } from '../invitations/Invitation.ts';
import { invitationFacts } from '../invitations/facts.ts';
import { mayManage } from '../invitations/policy.ts';
import { Rule } from '../notifications/Rule.ts';
import type { Actor } from '../platform/actor.ts';
import { invalid } from '../platform/problem.ts';
import type { Holder } from '../roles/policy.ts';
import type { Todo } from '../todos/Todo.ts';
import { SHARING } from '../todos/policy.ts';
import { sharedTodosOf } from '../todos/queries.ts';
import { say } from '../words/say.ts';

/** Who takes what over: `to` everything, `each` single things otherwise. Nobody: it stands still. */
export interface HandOver {
  to?: string | null | undefined;
  each?: readonly { id: string; to: string | null }[] | undefined;
}

/** What a person answers for that somebody else could take over. */
export interface Holdings {
  rules: Rule[];
  /** Open ones, with `roles` and `invitedBy` loaded. */
  invitations: Invitation[];
  /** Open ones that are shared. */
  todos: Todo[];
}

export async function holdingsOf(em: EntityManager, adminId: string): Promise<Holdings> {
  const rules = await em.find(Rule, { owner: adminId, deletedAt: null }, { orderBy: { name: 'asc', id: 'asc' } });
  const invitations = await em.find(
    Invitation,
    { invitedBy: adminId, state: { $in: ['pending', 'expired'] } },
    { populate: ['roles', 'departments', 'invitedBy'], orderBy: { email: 'asc', id: 'asc' } },
  );
  return { rules, invitations, todos: await sharedTodosOf(em, [adminId]) };
}

/** Whoever answers for a rule may change it. */
export const mayTakeRules = (holder: Holder): boolean => holder.permissions.has('rules.edit');
/** Whoever is to do a shared to-do has to see it. */
export const mayTakeTodos = (holder: Holder): boolean => holder.permissions.has(SHARING);
/** Whoever answers for an invitation could have sent it. */
export const mayTakeInvitation = mayManage;

export const holderOf = (admin: Admin): Holder => ({ permissions: admin.effective(), superadmin: admin.isSuperadmin });

/** Those who are named to take something over, by id. @throws Problem `invalid` */
async function takersOf(em: EntityManager, target: Admin, { to, each = [] }: HandOver): Promise<ReadonlyMap<string, Admin>> {
  const ids = [...new Set([to, ...each.map(one => one.to)].filter(id => id !== null && id !== undefined))];
  const takers = await em.find(Admin, { id: { $in: ids }, disabledAt: null }, { populate: ['roles'] });
  if (takers.length < ids.length || ids.includes(target.id)) throw invalid('to', say('Choose somebody else who can sign in.'));
  return new Map(takers.map(admin => [admin.id, admin]));
}

/**
 * Hands over what a person answers for, in the caller's transaction.
 * @returns what went to whom, in words
 * @throws Problem `invalid` for somebody who is not there any more, or may not answer for what they are to take
 */
export async function handOver(em: EntityManager, actor: Actor, target: Admin, wanted: HandOver): Promise<string[]> {
  const takers = await takersOf(em, target, wanted);
  const chosen = new Map(wanted.each?.map(({ id, to }) => [id, to]));
  const takerOf = (id: string): Admin | undefined => takers.get((chosen.has(id) ? chosen.get(id) : wanted.to) ?? '');
  const { rules, invitations, todos } = await holdingsOf(em, target.id);
  const said: string[] = [];
  for (const rule of rules) {
    const taker = takerOf(rule.id);
    if (!taker) continue;
    if (!mayTakeRules(holderOf(taker)))
      throw invalid('to', say('{name} may not edit rules, so cannot answer for “{name2}”.', { name: taker.name, name2: rule.name }));
    rule.owner = taker;
    record(em, actor, 'rule.edited', { ruleId: rule.id, rule: rule.name, changes: { owner: { before: target.name, after: taker.name } } });
    said.push(`rule “${rule.name}” to ${taker.name}`);
  }
  for (const invitation of invitations) {
    const taker = takerOf(invitation.id);
    if (!taker) continue;
    if (!mayTakeInvitation(holderOf(taker), invitation))
      throw invalid(
        'to',
        say('{name} could not have invited {email}, so cannot answer for that invitation.', { name: taker.name, email: invitation.email }),
      );
    invitation.invitedBy = taker;
    const changes = { inviter: { before: target.name, after: taker.name } };
    record(em, actor, 'invitation.edited', { ...invitationFacts(invitation), changes });
    said.push(`invitation of ${invitation.email} to ${taker.name}`);
  }
  for (const todo of todos) {
    const taker = takerOf(todo.id);
    if (!taker) continue;
    if (!mayTakeTodos(holderOf(taker)))
      throw invalid('to', say('{name} may not share to-dos, so cannot take “{text}”.', { name: taker.name, text: todo.text }));
    todo.assignee = taker;
    record(em, actor, 'todo.edited', {
      todoId: todo.id,
      todo: todo.text,
      changes: { assignee: { before: target.name, after: taker.name } },
    });
    said.push(`to-do “${todo.text}” to ${taker.name}`);
  }
  return said;
}
