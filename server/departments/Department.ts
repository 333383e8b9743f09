import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

const DepartmentSchema = defineEntity({
  name: 'Department',
  properties: {
    id: idColumn(),
    name: p.text(),
    description: p.text().default(''),
    /** Where it stands in every list of departments, from 0. */
    position: p.integer().default(0),
    createdAt: nowColumn(),
    version: versionColumn(),
  },
  uniques: [{ name: 'department_name_unique', expression: 'create unique index "department_name_unique" on "department" (lower("name"))' }],
});
/** A group of admins, such as Support. */
export class Department extends DepartmentSchema.class {}
DepartmentSchema.setClass(Department);

const DepartmentMemberSchema = defineEntity({
  name: 'DepartmentMember',
  properties: {
    department: () => p.manyToOne(Department).primary().deleteRule('cascade'),
    admin: () => p.manyToOne(Admin).primary().deleteRule('cascade'),
    /** Whether the person hears of this department's tickets. */
    ticketNotifications: p.boolean().default(true),
  },
  indexes: [{ properties: ['admin'] }],
});
/** That somebody belongs to a department. */
export class DepartmentMember extends DepartmentMemberSchema.class {}
DepartmentMemberSchema.setClass(DepartmentMember);
