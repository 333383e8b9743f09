import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ActivityFilter } from '#contract/activity.ts';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';

const SavedFilterSchema = defineEntity({
  name: 'SavedFilter',
  properties: {
    id: idColumn(),
    admin: () => p.manyToOne(Admin).deleteRule('cascade'),
    name: p.text(),
    filter: p.json<ActivityFilter>(),
    createdAt: nowColumn(),
  },
  uniques: [
    {
      name: 'saved_filter_name_unique',
      expression: 'create unique index "saved_filter_name_unique" on "saved_filter" ("admin_id", lower("name"))',
    },
  ],
});
/** A way of looking at the activity log that somebody keeps under a name. */
export class SavedFilter extends SavedFilterSchema.class {}
SavedFilterSchema.setClass(SavedFilter);
