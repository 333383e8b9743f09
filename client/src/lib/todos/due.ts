import type { TodoView } from '#contract/todos.ts';

/** The day of a moment, in a time zone: "2026-11-25". */
export const dayAt = (ms: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('sv-SE', { ...(timeZone !== undefined && { timeZone }) }).format(ms);

export type Due = 'overdue' | 'today' | 'later' | 'never';
/** How a to-do stands to a day. What is done is due no more. */
export function dueOf({ dueOn, done }: Pick<TodoView, 'dueOn' | 'done'>, today: string): Due {
  if (dueOn === null || done) return 'never';
  return dueOn < today ? 'overdue' : dueOn === today ? 'today' : 'later';
}
