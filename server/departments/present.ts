import type { DepartmentMemberView, DepartmentView } from '#contract/departments.ts';
import type { DepartmentRow, MemberRow } from './queries.ts';

export const presentDepartment = (row: DepartmentRow): DepartmentView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  position: row.position,
  members: row.members,
  notified: row.notified,
  invitations: row.invitations,
  version: row.version,
});

export const presentMember = (row: MemberRow): DepartmentMemberView => ({
  id: row.id,
  name: row.name,
  avatar: row.avatar,
  roles: [...row.roles],
  ticketNotifications: row.ticket_notifications,
});
