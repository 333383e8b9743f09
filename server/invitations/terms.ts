import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { DepartmentChoice } from '#contract/departments.ts';
import { Department } from '../departments/Department.ts';
import type { Actor } from '../platform/actor.ts';
import { invalid } from '../platform/problem.ts';
import { Role } from '../roles/Role.ts';
import { say } from '../words/say.ts';
import { demandGrantable } from './policy.ts';

/** A department as an invitation is to it. */
export interface DepartmentTerm {
  department: Department;
  name: string;
  ticketNotifications: boolean;
}

/** Roles that the actor may give. @throws Problem `beyond_your_rights`, or `invalid` for one that is gone */
export async function rolesToGrant(em: EntityManager, actor: Actor, ids: readonly string[]): Promise<Role[]> {
  const roleIds = [...new Set(ids)];
  const roles = await em.find(Role, { id: { $in: roleIds } }, { orderBy: { name: 'asc' } });
  if (roles.length < roleIds.length) throw invalid('roleIds', say('One of these roles does not exist any more.'));
  demandGrantable(actor, roles);
  return roles;
}

/** Departments held until the transaction ends, so that none is deleted under the invitation. @throws Problem `invalid` for one that is gone */
export async function departmentsToJoin(em: EntityManager, choices: readonly DepartmentChoice[]): Promise<DepartmentTerm[]> {
  if (choices.length === 0) return [];
  const found = await em.find(Department, { id: { $in: choices.map(({ id }) => id) } }, { lockMode: LockMode.PESSIMISTIC_READ });
  return choices.map(({ id, ticketNotifications }) => {
    const department = found.find(each => each.id === id);
    if (!department) throw invalid('departments', say('One of these departments does not exist any more.'));
    return { department, name: department.name, ticketNotifications };
  });
}
