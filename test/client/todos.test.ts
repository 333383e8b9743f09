import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TodoView } from '#contract/todos.ts';
import { dueLines } from '#lib/todos/attention.ts';
import { dayAt, dueOf } from '#lib/todos/due.ts';
import { Todos } from '#lib/todos/todos.svelte.ts';

const todo = (id: string, version: number, done: boolean): TodoView => ({
  id,
  text: `${id} ${version}`,
  shared: true,
  assignee: null,
  dueOn: null,
  done: done ? { at: '2026-11-25T12:00:00Z', by: 'Kim' } : null,
  addedBy: 'Kim',
  version,
});
const step = fc.record({ id: fc.constantFrom('a', 'b', 'c'), now: fc.constantFrom('open', 'done', 'gone') });

test('however what happened arrives, late, twice or in another order, what is shown in the end is what is', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 15 }).chain(steps => {
        const versions = new Map<string, number>();
        const changes = steps.map(({ id, now }) => {
          const version = (versions.get(id) ?? 0) + 1;
          versions.set(id, version);
          return { id, version, todo: now === 'gone' ? null : todo(id, version, now === 'done') };
        });
        return fc.tuple(fc.constant(changes), fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }));
      }),
      ([changes, arriving]) => {
        const todos = new Todos();
        for (const change of arriving) todos.hear(change);
        const last = new Map(changes.map(change => [change.id, change]));
        const open = [...last.values()].flatMap(({ todo }) => (todo && !todo.done ? [todo.text] : []));
        expect(todos.items.map(({ text }) => text).toSorted()).toEqual(open.toSorted());
      },
    ),
  );
});

test('an answer that was on its way does not bring back what went meanwhile, nor undo what changed', () => {
  const todos = new Todos();
  todos.hear({ id: 'a', version: 2, todo: null });
  todos.hear({ id: 'b', version: 3, todo: todo('b', 3, false) });
  todos.take([todo('a', 1, false), todo('b', 2, false), todo('c', 1, false)], 5);
  expect(todos.items.map(({ text }) => text)).toEqual(['b 3', 'c 1']);
  expect(todos.more).toBe(2);
});

test('a day is that of the reader’s zone, and what is done is due no more', () => {
  const lateEvening = Date.parse('2026-11-25T23:30:00Z');
  expect([dayAt(lateEvening, 'Europe/Stockholm'), dayAt(lateEvening, 'America/New_York')]).toEqual(['2026-11-26', '2026-11-25']);
  const due = (dueOn: string | null, done = false) => dueOf({ ...todo('a', 1, done), dueOn }, '2026-11-26');
  expect([due('2026-11-25'), due('2026-11-26'), due('2026-11-27'), due(null), due('2026-11-25', true)]).toEqual([
    'overdue',
    'today',
    'later',
    'never',
    'never',
  ]);
});

test('what is due of one’s own and of what nobody has taken needs attention, and leads to it', () => {
  const [me, other] = ['01980000-0000-7000-8000-00000000000a', '01980000-0000-7000-8000-00000000000b'];
  const due = (id: string, dueOn: string | null, assignee: string | null = me): TodoView => ({
    ...todo(id, 1, false),
    dueOn,
    assignee: assignee === null ? null : { id: assignee, name: 'Kim' },
  });
  const lines = (items: TodoView[], more = 0) =>
    dueLines(items, me, '2026-11-26', more).map(({ count, text, href, note }) => [count, text, href, note]);
  expect(
    lines([due('a', '2026-11-24'), due('b', '2026-11-25', other), due('c', '2026-11-26', null), due('d', '2026-11-27'), due('e', null)]),
  ).toEqual([
    [1, '“a 1” is overdue', '/todos?todo=a', undefined],
    [1, '“c 1” is due today', '/todos?todo=c', undefined],
  ]);
  expect(lines([due('a', '2026-11-24'), due('b', '2026-11-25')], 7)).toEqual([[2, 'To-dos are overdue', '/todos', 'and 7 more']]);
  expect(lines([due('a', '2026-11-24'), due('d', '2026-11-27')], 7)).toEqual([[1, '“a 1” is overdue', '/todos?todo=a', undefined]]);
  expect(lines([])).toEqual([]);
});
