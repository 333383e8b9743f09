import type { Broadcast } from '../platform/live/broadcast.ts';
import { type Room, room } from '../platform/live/rooms.ts';
import type { Todo } from './Todo.ts';
import { SHARING } from './policy.ts';
import { presentTodo } from './present.ts';

/** Who saw a to-do before a change; nobody where it is new. */
export type Audience = readonly Room[];
export const audienceOf = ({ shared, assignee, deletedAt }: Pick<Todo, 'shared' | 'assignee' | 'deletedAt'>): Audience => [
  ...(deletedAt ? [] : [...(shared ? [room.may(SHARING)] : []), ...(assignee ? [room.person(assignee.id)] : [])]),
];

/** Shows a to-do to those who may see it now, and takes it from those who may not any more. */
export function tell(broadcast: Broadcast, todo: Todo, before: Audience = []): void {
  const now = audienceOf(todo);
  const view = presentTodo(todo);
  // first what goes: somebody may stand in a room of either kind
  for (const one of before)
    if (!now.includes(one)) broadcast.send(one, 'todos:changed', { id: view.id, version: view.version, todo: null });
  for (const one of now) broadcast.send(one, 'todos:changed', { id: view.id, version: view.version, todo: view });
}
