import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment, pageOf, pageQuery } from './shared.ts';

const person = z.object({ id, name: z.string() });
const words = z.string().trim().min(1, 'Write what is to be done.').max(300, 'At most 300 characters.');
/** A day, without a time: that of whoever reads it. */
const day = z.iso.date('This is not a day, such as 2026-11-30.');

export const todoView = z.object({
  id,
  text: z.string(),
  /** Seen by everybody who may share to-dos; else by whoever is to do it alone. */
  shared: z.boolean(),
  /** Who is to do it; null: whoever of those who share it comes first. */
  assignee: person.nullable(),
  dueOn: z.string().nullable(),
  done: z.object({ at: moment, by: z.string() }).nullable(),
  addedBy: z.string(),
  version: z.int(),
});
export type TodoView = z.infer<typeof todoView>;

export const listTodos = endpoint('GET', '/todos', 'One’s own to-dos and those that are shared: what is due first, first.', {
  query: pageQuery.extend({
    show: z.enum(['open', 'done']).default('open'),
    whose: z.enum(['all', 'mine', 'shared']).default('all'),
  }),
  result: pageOf(todoView),
});
export const listTodoPeople = endpoint('GET', '/todos/people', 'Who can be given a shared to-do.', {
  result: z.object({ items: z.array(person) }),
});
export const addTodo = endpoint('POST', '/todos', 'Adds a to-do of one’s own, or one that is shared.', {
  body: z.strictObject({
    text: words,
    shared: z.boolean().default(false),
    /** Of a shared one. */
    assigneeId: id.nullable().default(null),
    dueOn: day.nullable().default(null),
  }),
  result: todoView,
  status: 201,
});
export const editTodo = endpoint(
  'PATCH',
  '/todos/:id',
  'Changes a to-do, or says that it is done or is not; a version that is no longer the newest is a conflict.',
  {
    body: z.strictObject({
      version: z.int(),
      text: words.optional(),
      shared: z.boolean().optional(),
      assigneeId: id.nullable().optional(),
      dueOn: day.nullable().optional(),
      done: z.boolean().optional(),
    }),
    result: todoView,
  },
);
export const deleteTodo = endpoint('DELETE', '/todos/:id', 'Deletes a to-do. Within a day it can be brought back.');
export const restoreTodo = endpoint('POST', '/todos/:id/restore', 'Brings a deleted to-do back.', { result: todoView });
