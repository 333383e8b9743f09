import { z } from 'zod';
import { avatar } from './avatars.ts';
import { endpoint } from './endpoint.ts';
import { id, name, pageOf, pageQuery } from './shared.ts';

export const departmentView = z.object({
  id,
  name: z.string(),
  description: z.string(),
  /** Where it stands in every list of departments, from 0. */
  position: z.int(),
  /** Enabled admins who belong to it. */
  members: z.int(),
  /** Of these, those who hear of its tickets. */
  notified: z.int(),
  /** Open invitations into it. */
  invitations: z.int(),
  version: z.int(),
});
export type DepartmentView = z.infer<typeof departmentView>;

export const departmentMember = z.object({ id, name: z.string(), avatar, roles: z.array(z.string()), ticketNotifications: z.boolean() });
export type DepartmentMemberView = z.infer<typeof departmentMember>;

/** The departments of one person, as forms send them: those left out are left. */
export const departmentChoices = z
  .array(z.strictObject({ id, ticketNotifications: z.boolean() }))
  .max(200, 'At most 200 departments.')
  .refine(choices => new Set(choices.map(({ id }) => id)).size === choices.length, 'A department stands here twice.');
export type DepartmentChoice = z.infer<typeof departmentChoices>[number];

const description = z.string().trim().max(500, 'At most 500 characters.');
const departments = z.object({ items: z.array(departmentView) });

export const listDepartments = endpoint('GET', '/departments', 'All departments, in their order.', { result: departments });
export const getDepartment = endpoint('GET', '/departments/:id', 'One department.', { result: departmentView });
export const listMembers = endpoint('GET', '/departments/:id/members', 'Who belongs to a department, by name.', {
  query: pageQuery,
  result: pageOf(departmentMember),
});
export const addDepartment = endpoint('POST', '/departments', 'Adds a department, at the end of the order.', {
  body: z.strictObject({ name, description: description.default('') }),
  result: departmentView,
  status: 201,
});
export const editDepartment = endpoint(
  'PATCH',
  '/departments/:id',
  'Changes a department; a version that is not the newest is a conflict.',
  {
    body: z.strictObject({ version: z.int(), name: name.optional(), description: description.optional() }),
    result: departmentView,
  },
);
export const moveDepartment = endpoint('POST', '/departments/:id/move', 'Lets a department and its neighbour change places.', {
  body: z.strictObject({ to: z.enum(['up', 'down']) }),
  result: departments,
});
export const deleteDepartment = endpoint('DELETE', '/departments/:id', 'Deletes a department; members and open invitations lose it.', {
  result: z.object({ members: z.int(), invitations: z.int() }),
});
export const putMember = endpoint(
  'PUT',
  '/departments/:id/members/:adminId',
  'Puts somebody into a department, or changes what they hear of it.',
  {
    body: z.strictObject({ ticketNotifications: z.boolean() }),
  },
);
export const removeMember = endpoint('DELETE', '/departments/:id/members/:adminId', 'Takes somebody out of a department.');
