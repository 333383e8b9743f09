import type { TodoView } from '#contract/todos.ts';
import type { ViewData, WidgetSnapshot } from '#contract/widgets.ts';
import { now, timeZone } from '#lib/clock.svelte.ts';
import { live } from '#lib/live.svelte.ts';
import { session } from '#lib/session.svelte.ts';
import { dashboard } from '#lib/words/en/dashboard.ts';
import { todos } from '#lib/words/en/todos.ts';
import { dayAt, dueOf } from './due.ts';
import { openTodos } from './todos.svelte.ts';

type Item = ViewData<'list'>['items'][number];
const words = todos.attention;

function line(id: string, due: readonly TodoView[], one: (text: string) => string, several: string, more: number): Item[] {
  const [first] = due;
  if (!first) return [];
  return [
    {
      id,
      count: due.length,
      text: due.length === 1 ? one(first.text) : several,
      lamp: 'warn',
      href: due.length === 1 ? `/todos?todo=${first.id}` : '/todos',
      action: words.open,
      ...(more > 0 && { note: dashboard.more(more) }),
    },
  ];
}

/**
 * What is due of those that wait for somebody: their own and those that nobody has taken.
 * @param items the most pressing first
 * @param me whose attention is asked for, by id
 * @param today as `2026-11-25`, where they are
 * @param more how many were not read
 */
export function dueLines(items: readonly TodoView[], me: string, today: string, more = 0): Item[] {
  const waiting = items.filter(({ assignee }) => assignee === null || assignee.id === me);
  const of = (state: 'overdue' | 'today') => waiting.filter(todo => dueOf(todo, today) === state);
  // only where all that was read is due can there be more of them
  const beyond = items.every(todo => ['overdue', 'today'].includes(dueOf(todo, today))) ? more : 0;
  return [
    ...line('todos-overdue', of('overdue'), words.overdue, words.severalOverdue, beyond),
    ...line('todos-today', of('today'), words.today, words.severalToday, beyond),
  ];
}

/** Follows the to-dos. @returns what ends that */
export const watchTodos = (): (() => void) => openTodos.watch();

/** As a part of what needs attention; nothing as long as they are not known. */
export function dueTodos(id: string): WidgetSnapshot | undefined {
  const { known, items, more, failure } = openTodos;
  if (!known && !failure) return undefined;
  return {
    id,
    view: 'list',
    version: 0,
    ...(known && {
      builtAt: live.heardAt,
      data: { items: dueLines(items, session.me.id, dayAt(now(), timeZone()), more), empty: words.nothing },
    }),
    ...(failure && { failure: { at: live.heardAt, since: live.heardAt, reason: failure.cause } }),
  };
}
