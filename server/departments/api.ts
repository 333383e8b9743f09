import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/departments.ts';
import { Admin } from '../admins/Admin.ts';
import type { Actor } from '../platform/actor.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { canManage } from '../roles/policy.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { Department } from './Department.ts';
import { chooseDepartment } from './choose-departments.ts';
import { addDepartment, deleteDepartment, editDepartment, moveDepartment } from './commands.ts';
import { presentDepartment, presentMember } from './present.ts';
import { allDepartments, departmentById, pageOfMembers } from './queries.ts';

/** @throws Problem `not_found` */
async function viewOf(em: EntityManager, id: string): Promise<contract.DepartmentView> {
  const row = await departmentById(em, id);
  if (!row) throw new Problem('not_found');
  return presentDepartment(row);
}

async function all(em: EntityManager): Promise<{ items: contract.DepartmentView[] }> {
  return { items: (await allDepartments(em)).map(presentDepartment) };
}

/** @param ticketNotifications `undefined` takes the person out. @throws Problem `not_found` or `stronger_than_you` */
async function choose(
  em: EntityManager,
  actor: Actor,
  { id, adminId }: { id: string; adminId: string },
  ticketNotifications?: boolean,
): Promise<void> {
  await em.transactional(async em => {
    const admin = await em.findOne(Admin, { id: adminId, disabledAt: null }, { populate: ['roles'] });
    if (!admin || (await em.count(Department, { id })) === 0) throw new Problem('not_found');
    if (!canManage(actor, { permissions: admin.effective(), superadmin: admin.isSuperadmin })) throw new Problem('stronger_than_you');
    await chooseDepartment(em, actor, admin, { id, ticketNotifications });
  });
}

export const departmentRoutes: Route[] = [
  route(contract.listDepartments, 'admins.view', {}, ({ em }) => all(em)),

  route(contract.getDepartment, 'admins.view', {}, ({ em, params }) => viewOf(em, params.id)),

  route(contract.listMembers, 'admins.view', {}, async ({ em, actor, params, query }) => {
    await viewOf(em, params.id);
    const pageSize = await pageSizeFor(em, actor, query);
    const { items, total } = await pageOfMembers(em, params.id, { page: query.page, pageSize });
    return { items: items.map(presentMember), total, page: query.page, pageSize };
  }),

  route(contract.addDepartment, 'departments.edit', { records: ['department.added'] }, async ({ em, actor, body }) =>
    viewOf(em, (await addDepartment(em, actor, body)).id),
  ),

  route(contract.editDepartment, 'departments.edit', { records: ['department.edited'] }, async ({ em, actor, params, body }) => {
    await editDepartment(em, actor, params.id, body);
    return viewOf(em, params.id);
  }),

  route(contract.moveDepartment, 'departments.edit', { records: ['department.edited'] }, async ({ em, actor, params, body }) => {
    await moveDepartment(em, actor, params.id, body.to);
    return all(em);
  }),

  route(contract.deleteDepartment, 'departments.edit', { records: ['department.deleted'] }, ({ em, actor, params }) =>
    deleteDepartment(em, actor, params.id),
  ),

  route(contract.putMember, 'departments.edit', { records: ['admin.departments-changed'] }, ({ em, actor, params, body }) =>
    choose(em, actor, params, body.ticketNotifications),
  ),

  route(contract.removeMember, 'departments.edit', { records: ['admin.departments-changed'] }, ({ em, actor, params }) =>
    choose(em, actor, params),
  ),
];
