import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

const TodoSchema = defineEntity({
  name: 'Todo',
  properties: {
    id: idColumn(),
    text: p.text(),
    /** Seen by everybody who may share to-dos; else by its assignee alone. */
    shared: p.boolean(),
    /** Who is to do it. One that is not shared always has somebody: its owner. */
    assignee: () => p.manyToOne(Admin).nullable(),
    addedBy: () => p.manyToOne(Admin),
    dueOn: p.date().nullable(),
    doneAt: p.datetime().nullable(),
    doneBy: () => p.manyToOne(Admin).nullable(),
    /** Kept for a day, so that it can be brought back. */
    deletedAt: p.datetime().nullable(),
    createdAt: nowColumn(),
    version: versionColumn(),
  },
  checks: [{ name: 'todo_owned', expression: 'shared or assignee_id is not null' }],
  indexes: [{ properties: ['assignee'] }, { properties: ['shared'] }, { properties: ['deletedAt'] }],
});
/** Something that somebody is to do. */
export class Todo extends TodoSchema.class {}
TodoSchema.setClass(Todo);
