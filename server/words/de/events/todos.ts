import type { todoEvents } from '#contract/events/todos.ts';
import type { EventWords } from '../../event-words.ts';
import { changed } from './phrases.ts';

export const todos: EventWords<typeof todoEvents> = {
  'todo.added': { label: 'Eine geteilte Aufgabe kam hinzu', title: f => `hat die Aufgabe ${f.todo} angelegt` },
  'todo.done': { label: 'Eine geteilte Aufgabe ist erledigt', title: f => `hat die Aufgabe ${f.todo} erledigt` },
  'todo.reopened': { label: 'Eine geteilte Aufgabe ist wieder offen', title: f => `hat die Aufgabe ${f.todo} wieder geöffnet` },
  'todo.deleted': { label: 'Eine geteilte Aufgabe wurde gelöscht', title: f => `hat die Aufgabe ${f.todo} gelöscht` },
  'todo.restored': { label: 'Eine geteilte Aufgabe wurde zurückgeholt', title: f => `hat die Aufgabe ${f.todo} zurückgeholt` },
  'todo.edited': {
    label: 'Eine geteilte Aufgabe wurde geändert',
    title: f => `hat an der Aufgabe ${f.todo} geändert: ${changed(f.changes)}`,
  },
};
