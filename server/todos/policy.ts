import type { Actor } from '../platform/actor.ts';
import type { Todo } from './Todo.ts';

export const SHARING = 'todos.share';

/** Whoever may see a to-do may change it: those who share it, and whoever is to do it. */
export const maySee = (actor: Pick<Actor, 'id' | 'permissions'>, { shared, assignee }: Pick<Todo, 'shared' | 'assignee'>): boolean =>
  (shared && actor.permissions.has(SHARING)) || assignee?.id === actor.id;
