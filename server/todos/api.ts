import * as contract from '#contract/todos.ts';
import { type Route, route } from '../platform/http/route.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { addTodo, editTodo, setDeleted } from './commands.ts';
import { SHARING } from './policy.ts';
import { presentTodo } from './present.ts';
import { sharers, todosFor } from './queries.ts';
import { tell } from './tell.ts';

export const todoRoutes: Route[] = [
  route(contract.listTodos, 'signed-in', {}, async ({ em, actor, query }) => {
    const pageSize = await pageSizeFor(em, actor, query);
    const [todos, total] = await todosFor(em, actor, { ...query, pageSize });
    return { items: todos.map(presentTodo), total, page: query.page, pageSize };
  }),

  route(contract.listTodoPeople, SHARING, {}, async ({ em }) => ({ items: (await sharers(em)).map(({ id, name }) => ({ id, name })) })),

  route(contract.addTodo, 'signed-in', { records: ['todo.added'] }, async ({ em, actor, body, tools }) => {
    const todo = await addTodo(em, actor, body);
    tell(tools.broadcast, todo);
    return presentTodo(todo);
  }),

  route(
    contract.editTodo,
    'signed-in',
    { records: ['todo.edited', 'todo.done', 'todo.reopened'] },
    async ({ em, actor, params, body, tools }) => {
      const { todo, before } = await editTodo(em, actor, params.id, body);
      tell(tools.broadcast, todo, before);
      return presentTodo(todo);
    },
  ),

  route(contract.deleteTodo, 'signed-in', { records: ['todo.deleted'] }, async ({ em, actor, params, tools }) => {
    const { todo, before } = await setDeleted(em, actor, params.id, true);
    tell(tools.broadcast, todo, before);
  }),

  route(contract.restoreTodo, 'signed-in', { records: ['todo.restored'] }, async ({ em, actor, params, tools }) => {
    const { todo, before } = await setDeleted(em, actor, params.id, false);
    tell(tools.broadcast, todo, before);
    return presentTodo(todo);
  }),
];
