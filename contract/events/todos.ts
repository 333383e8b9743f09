import { z } from 'zod';
import { changes, event, fieldsIn, text } from './event.ts';

const todo = { todoId: z.uuid(), todo: text };
const todoLink = (): string => '/todos';

/** What becomes of shared to-dos. Those that somebody keeps for themselves stand in no log. */
export const todoEvents = {
  'todo.added': event({
    family: 'staff',
    label: 'A shared to-do was added',
    severity: 'info',
    facts: z.object(todo),
    title: f => `added the to-do ${f.todo}`,
    link: todoLink,
  }),
  'todo.done': event({
    family: 'staff',
    label: 'A shared to-do is done',
    severity: 'good',
    facts: z.object(todo),
    title: f => `finished the to-do ${f.todo}`,
    link: todoLink,
  }),
  'todo.reopened': event({
    family: 'staff',
    label: 'A shared to-do was opened again',
    severity: 'info',
    facts: z.object(todo),
    title: f => `opened the to-do ${f.todo} again`,
    link: todoLink,
  }),
  'todo.deleted': event({
    family: 'staff',
    label: 'A shared to-do was deleted',
    severity: 'info',
    facts: z.object(todo),
    title: f => `deleted the to-do ${f.todo}`,
    link: todoLink,
  }),
  'todo.restored': event({
    family: 'staff',
    label: 'A shared to-do was brought back',
    severity: 'info',
    facts: z.object(todo),
    title: f => `brought the to-do ${f.todo} back`,
    link: todoLink,
  }),
  'todo.edited': event({
    family: 'staff',
    label: 'A shared to-do was changed',
    severity: 'info',
    facts: z.object({ ...todo, changes }),
    title: f => `changed ${fieldsIn(f.changes)} of the to-do ${f.todo}`,
    link: todoLink,
  }),
} as const;
