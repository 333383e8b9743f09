import type { TodoView } from '#contract/todos.ts';
import { call } from '#lib/api.ts';
import { explain } from '#lib/problem.ts';
import { toast } from '#lib/ui/toast.ts';
import { todos as words } from '#lib/words/en/todos.ts';

/** Says why something did not come about: what was painted at once is taken back by whoever painted it. */
const refused = (error: unknown): void => void toast(explain(error));

/** Says that a to-do is done, or is not; offers to take it back. @returns whether it is so now */
export async function setDone(todo: TodoView, done: boolean): Promise<boolean> {
  try {
    const { version } = await call('PATCH /todos/:id', { params: { id: todo.id }, body: { version: todo.version, done } });
    if (done) void toast(words.done(todo.text), { action: { label: words.undo, run: () => void setDone({ ...todo, version }, false) } });
    return true;
  } catch (error) {
    refused(error);
    return false;
  }
}

async function restore(id: string): Promise<void> {
  await call('POST /todos/:id/restore', { params: { id } }).catch(refused);
}

/** Deletes a to-do and offers to take that back. */
export async function remove({ id, text }: TodoView): Promise<void> {
  try {
    await call('DELETE /todos/:id', { params: { id } });
    void toast(words.removed(text), { action: { label: words.undo, run: () => void restore(id) } });
  } catch (error) {
    refused(error);
  }
}
