import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { Todo } from '#server/todos/Todo.ts';
import { forgetDeleted } from '#server/todos/commands.ts';
import { test as app } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

/** Two who share, and one who does not. */
const test = app.extend('people', { scope: 'file' }, async ({ orm, server, owner }) => {
  await owner.call('GET /session'); // it is set up by now
  const em = orm.em.fork();
  const [kim, lee, guest] = [await someone(em, 'todos.share'), await someone(em, 'todos.share'), await someone(em, 'dashboard.view')];
  const at = (admin: typeof kim) => browserOf(em, admin, server.url);
  return { kim: await at(kim), lee: await at(lee), guest: await at(guest), kimId: kim.id, leeId: lee.id, guestId: guest.id };
});

type Caller = Awaited<ReturnType<typeof browserOf>>;
const add = (by: Caller, text: string, more: Record<string, unknown> = {}) => by.call('POST /todos', { body: { text, ...more } });
const seen = async (by: Caller, query: Record<string, string> = {}) =>
  (await by.call('GET /todos', { query })).items.map(({ text }) => text);

test('one’s own are seen by nobody else and stand in no log; shared ones by all who share', async ({
  people: { kim, lee, guest },
  orm,
}) => {
  const own = await add(kim, 'Call the dentist');
  await add(kim, 'Order paper', { shared: true, dueOn: '2026-12-01' });
  await add(guest, 'Water the plants');
  expect(await seen(kim)).toEqual(['Order paper', 'Call the dentist']); // what is due comes first
  expect(await seen(lee)).toEqual(['Order paper']);
  expect(await seen(guest)).toEqual(['Water the plants']);
  expect(await seen(kim, { whose: 'mine' })).toEqual(['Call the dentist']);
  expect(await seen(guest, { whose: 'shared' })).toEqual([]);
  const touch = { params: { id: own.id }, body: { version: own.version, done: true } };
  expect(await lee.codeOf('PATCH /todos/:id', touch)).toBe('not_found');
  expect(await lee.codeOf('DELETE /todos/:id', { params: { id: own.id } })).toBe('not_found');
  expect(await guest.codeOf('POST /todos', { body: { text: 'x', shared: true } })).toBe('invalid');
  const told = JSON.stringify((await orm.em.fork().find(Event, { type: { $like: 'todo.%' } })).map(({ facts }) => facts));
  expect(told).toContain('Order paper');
  expect(told).not.toMatch(/dentist|plants/);
});

test('it is given to somebody who may see it, done by anybody of them, and of two who change it at once one is told', async ({
  people,
}) => {
  const { kim, lee, leeId, guestId } = people;
  expect(await kim.codeOf('POST /todos', { body: { text: 'x', shared: true, assigneeId: guestId } })).toBe('invalid');
  const todo = await add(kim, 'Count the stock', { shared: true, assigneeId: leeId });
  expect(todo.assignee?.id).toBe(leeId);
  const edit = (by: Caller, body: Record<string, unknown>) =>
    by.call('PATCH /todos/:id', { params: { id: todo.id }, body: { version: todo.version, ...body } }).then(() => 'ok', String);
  const outcomes = await Promise.all([
    edit(kim, { text: 'Count all stock' }),
    edit(lee, { text: 'Count the shelves' }),
    edit(kim, { done: true }),
  ]);
  expect(outcomes.filter(outcome => outcome === 'ok')).toHaveLength(1);
  const now = (await kim.call('GET /todos', { query: { whose: 'shared' } })).items.find(({ id }) => id === todo.id);
  const done = now
    ? await lee.call('PATCH /todos/:id', { params: { id: todo.id }, body: { version: now.version, done: true } })
    : (await kim.call('GET /todos', { query: { show: 'done' } })).items.find(({ id }) => id === todo.id);
  expect(done?.done?.by).toMatch(/^Kim/);
  expect(await seen(kim, { show: 'done' })).toHaveLength(1);
});

test('a deleted one can be brought back for a day', async ({ people: { kim, guest }, orm }) => {
  const todo = await add(kim, 'Tidy up', { shared: true });
  await kim.call('DELETE /todos/:id', { params: { id: todo.id } });
  await kim.call('DELETE /todos/:id', { params: { id: todo.id } });
  expect(await seen(kim)).not.toContain('Tidy up');
  expect(await guest.codeOf('POST /todos/:id/restore', { params: { id: todo.id } })).toBe('not_found');
  await kim.call('POST /todos/:id/restore', { params: { id: todo.id } });
  expect(await seen(kim)).toContain('Tidy up');
  await kim.call('DELETE /todos/:id', { params: { id: todo.id } });
  await orm.em.fork().execute(`update todo set deleted_at = deleted_at - interval '25 hours' where id = ?`, [todo.id]);
  expect(await forgetDeleted(orm.em.fork())).toBe(1);
});

test('a shared one that is taken out of sight is the taker’s own', async ({ people: { kim, lee, kimId } }) => {
  const todo = await add(lee, 'Secret plan', { shared: true });
  const mine = await kim.call('PATCH /todos/:id', { params: { id: todo.id }, body: { version: todo.version, shared: false } });
  expect(mine).toMatchObject({ shared: false, assignee: { id: kimId } });
  expect(await seen(lee)).not.toContain('Secret plan');
});

test('when somebody is disabled, shared to-dos of theirs are handed over, and their own are nobody’s business', async ({
  people,
  owner,
  orm,
  server,
}) => {
  const em = orm.em.fork();
  const leaver = await someone(em, 'todos.share');
  const theirs = await browserOf(em, leaver, server.url);
  await add(theirs, 'Buy a present');
  const shared = await add(theirs, 'Renew the lease', { shared: true, assigneeId: leaver.id });
  const owned = await owner.call('GET /admins/:id/owned', { params: { id: leaver.id } });
  expect(owned.todos).toEqual([{ id: shared.id, name: 'Renew the lease' }]);
  const taker = owned.takers.find(({ id }) => id === people.leeId);
  expect(taker?.takes).toContain(shared.id);
  expect(owned.takers.some(({ id }) => id === people.guestId)).toBe(false);
  await owner.call('POST /session/confirm', { body: { by: 'password', password: 'correct horse battery staple' } });
  await owner.call('POST /admins/:id/disable', { params: { id: leaver.id }, body: { to: people.leeId } });
  expect(await em.fork().findOneOrFail(Todo, shared.id)).toMatchObject({ assignee: { id: people.leeId } });
});
