import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { addTodo as adding, editTodo as editing } from '#contract/todos.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Todo } from './Todo.ts';
import { SHARING, maySee } from './policy.ts';
import { type Audience, audienceOf } from './tell.ts';

type NewTodo = z.output<NonNullable<typeof adding.body>>;
type Change = z.output<NonNullable<typeof editing.body>>;
/** A to-do after a change, and who saw it before. */
export interface Changed {
  todo: Todo;
  before: Audience;
}

/** More than this nobody gets done. */
const MOST_OPEN = 1000;

function demandSharing(actor: Actor): void {
  if (!actor.permissions.has(SHARING)) throw invalid('shared', say('You do not hold “Share to-dos”.'));
}

/** Whoever is to do a shared to-do must be able to see it. @throws Problem `invalid` */
async function takerOf(em: EntityManager, id: string | null): Promise<Admin | null> {
  if (id === null) return null;
  const admin = await em.findOne(Admin, { id, disabledAt: null }, { populate: ['roles'] });
  if (!admin?.effective().has(SHARING)) throw invalid('assigneeId', say('Choose somebody who may share to-dos.'));
  return admin;
}

/** Shared to-dos stand in the activity log; what somebody keeps for themselves does not. */
function note(
  em: EntityManager,
  actor: Actor,
  todo: Todo,
  type: 'todo.added' | 'todo.done' | 'todo.reopened' | 'todo.deleted' | 'todo.restored',
): void {
  if (todo.shared) record(em, actor, type, { todoId: todo.id, todo: todo.text });
}

/** @throws Problem `invalid` */
export async function addTodo(em: EntityManager, actor: Actor, { text, shared, assigneeId, dueOn }: NewTodo): Promise<Todo> {
  if (shared) demandSharing(actor);
  return em.transactional(async em => {
    const me = await em.findOneOrFail(Admin, actor.id ?? '');
    if ((await em.count(Todo, { addedBy: me.id, doneAt: null, deletedAt: null })) >= MOST_OPEN)
      throw invalid('text', say('You have {mostOpen} open to-dos. Finish some first.', { mostOpen: MOST_OPEN }));
    const assignee = shared ? await takerOf(em, assigneeId) : me;
    const todo = em.create(Todo, { text, shared, assignee, dueOn, addedBy: me });
    note(em, actor, todo, 'todo.added');
    return todo;
  });
}

/** @throws Problem `not_found`, also for one that somebody may not see */
async function lock(em: EntityManager, actor: Actor, id: string): Promise<Todo> {
  const todo = await em.findOne(Todo, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!todo || !maySee(actor, todo)) throw new Problem('not_found');
  await em.populate(todo, ['assignee', 'addedBy', 'doneBy']);
  return todo;
}

/** Changes what is said of a to-do. @returns each changed field with what was and what is */
async function apply(
  em: EntityManager,
  actor: Actor,
  todo: Todo,
  wanted: Omit<Change, 'version' | 'done'>,
): Promise<Record<string, { before: unknown; after: unknown }>> {
  const before = { text: todo.text, shared: todo.shared, dueOn: todo.dueOn ?? null, assignee: todo.assignee?.name ?? null };
  if (wanted.text !== undefined) todo.text = wanted.text;
  if (wanted.dueOn !== undefined) todo.dueOn = wanted.dueOn;
  if (wanted.shared !== undefined && wanted.shared !== todo.shared) {
    demandSharing(actor);
    todo.shared = wanted.shared;
    if (!wanted.shared) todo.assignee = await em.findOneOrFail(Admin, actor.id ?? ''); // whoever takes it out of sight keeps it
  }
  if (wanted.assigneeId !== undefined && todo.shared) todo.assignee = await takerOf(em, wanted.assigneeId);
  const after = { text: todo.text, shared: todo.shared, dueOn: todo.dueOn ?? null, assignee: todo.assignee?.name ?? null };
  const fields = (Object.keys(after) as (keyof typeof after)[]).filter(field => before[field] !== after[field]);
  return Object.fromEntries(fields.map(field => [field, { before: before[field], after: after[field] }]));
}

/** @throws Problem `not_found`, `conflict`, `invalid` */
export function editTodo(em: EntityManager, actor: Actor, id: string, { version, done, ...wanted }: Change): Promise<Changed> {
  return em.transactional(async em => {
    const todo = await lock(em, actor, id);
    if (todo.deletedAt) throw new Problem('not_found');
    if (todo.version !== version) throw new Problem('conflict');
    const before = audienceOf(todo);
    const wasShared = todo.shared;
    const changes = await apply(em, actor, todo, wanted);
    if (Object.keys(changes).length > 0 && (wasShared || todo.shared))
      record(em, actor, 'todo.edited', { todoId: id, todo: todo.text, changes });
    if (done !== undefined && done !== !!todo.doneAt) {
      todo.doneAt = done ? await databaseNow(em) : null;
      todo.doneBy = done ? await em.findOneOrFail(Admin, actor.id ?? '') : null;
      note(em, actor, todo, done ? 'todo.done' : 'todo.reopened');
    }
    await em.flush();
    return { todo, before };
  });
}

/** Takes a to-do away, or brings it back. Done twice, it is done. @throws Problem `not_found` */
export function setDeleted(em: EntityManager, actor: Actor, id: string, deleted: boolean): Promise<Changed> {
  return em.transactional(async em => {
    const todo = await lock(em, actor, id);
    const before = audienceOf(todo);
    if (deleted === !!todo.deletedAt) return { todo, before };
    todo.deletedAt = deleted ? await databaseNow(em) : null;
    note(em, actor, todo, deleted ? 'todo.deleted' : 'todo.restored');
    await em.flush();
    return { todo, before };
  });
}

const GONE_AT_ONCE = 1000;
/** Lets go of what was deleted more than a day ago. @returns how many went */
export async function forgetDeleted(em: EntityManager): Promise<number> {
  const gone = await em.execute<{ id: string }[]>(
    `delete from todo where id in (select id from todo where deleted_at < now() - interval '1 day' limit ${GONE_AT_ONCE}) returning id`,
  );
  return gone.length;
}
