import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';

const NotesSchema = defineEntity({
  name: 'Notes',
  tableName: 'own_notes',
  properties: {
    admin: () => p.manyToOne(Admin).primary().deleteRule('cascade'),
    text: p.text(),
    version: p.integer(),
    changedAt: p.datetime(),
  },
});
/** What a person noted for themselves. Nobody else reads it, and no history keeps it. */
export class Notes extends NotesSchema.class {}
NotesSchema.setClass(Notes);
