import type { TodoView } from '#contract/todos.ts';
import type { Admin } from '../admins/Admin.ts';
import type { Todo } from './Todo.ts';

const named = ({ id, name }: Admin): { id: string; name: string } => ({ id, name });

/** Needs `assignee`, `addedBy` and `doneBy` loaded. */
export const presentTodo = (todo: Todo): TodoView => ({
  id: todo.id,
  text: todo.text,
  shared: todo.shared,
  assignee: todo.assignee ? named(todo.assignee) : null,
  dueOn: todo.dueOn ?? null,
  done: todo.doneAt ? { at: todo.doneAt.toISOString(), by: todo.doneBy?.name ?? '' } : null,
  addedBy: todo.addedBy.name,
  version: todo.version,
});
