import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import type { Actor } from '../platform/actor.ts';
import { Todo } from './Todo.ts';
import { SHARING } from './policy.ts';

export interface Asked {
  show: 'open' | 'done';
  whose: 'all' | 'mine' | 'shared';
  page: number;
  pageSize: number;
}

function visibleTo(actor: Actor, whose: Asked['whose']): FilterQuery<Todo> {
  const mine = { assignee: actor.id ?? '' };
  const shared = { shared: actor.permissions.has(SHARING) ? true : null }; // nothing is both: it finds none
  return whose === 'mine' ? mine : whose === 'shared' ? { $and: [shared] } : { $or: [mine, shared] };
}

/** A page of what somebody may see; the most pressing first, of done ones the latest. */
export function todosFor(em: EntityManager, actor: Actor, { show, whose, page, pageSize }: Asked): Promise<[Todo[], number]> {
  return em.findAndCount(
    Todo,
    { $and: [{ deletedAt: null, doneAt: show === 'open' ? null : { $ne: null } }, visibleTo(actor, whose)] },
    {
      populate: ['assignee', 'addedBy', 'doneBy'],
      orderBy: show === 'open' ? [{ dueOn: 'asc nulls last' }, { id: 'asc' }] : [{ doneAt: 'desc' }, { id: 'desc' }],
      limit: pageSize,
      offset: (page - 1) * pageSize,
    },
  );
}

/** Who can be given a shared to-do, by name: those who would see it. */
export async function sharers(em: EntityManager): Promise<Admin[]> {
  const admins = await em.find(
    Admin,
    { disabledAt: null },
    { populate: ['roles'], orderBy: { firstName: 'asc', lastName: 'asc', id: 'asc' } },
  );
  return admins.filter(admin => admin.effective().has(SHARING));
}

/** Shared to-dos that wait for somebody: what has to be handed over when they go. Their own are nobody else's business. */
export const sharedTodosOf = (em: EntityManager, adminIds: readonly string[]): Promise<Todo[]> =>
  em.find(
    Todo,
    { shared: true, assignee: { $in: [...adminIds] }, doneAt: null, deletedAt: null },
    { populate: ['assignee', 'addedBy', 'doneBy'], orderBy: { id: 'asc' } },
  );
