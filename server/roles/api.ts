import { PERMISSIONS } from '#contract/permissions.ts';
import * as contract from '#contract/roles.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { Role } from './Role.ts';
import { presentPermission, presentRole } from './present.ts';
import { holdersByRole } from './queries.ts';

export const roleRoutes: Route[] = [
  route(contract.listRoles, 'roles.view', {}, async ({ em, actor }) => {
    const roles = await em.find(Role, {}, { orderBy: { superadmin: 'desc', name: 'asc' } });
    const holders = await holdersByRole(em);
    return { items: roles.map(role => presentRole(role, holders.get(role.id) ?? [], actor)) };
  }),

  route(contract.getRole, 'roles.view', {}, async ({ em, actor, params }) => {
    const role = await em.findOne(Role, params.id);
    if (!role) throw new Problem('not_found');
    const holders = await holdersByRole(em);
    return presentRole(role, holders.get(role.id) ?? [], actor);
  }),

  route(contract.listPermissions, 'roles.view', {}, () => Promise.resolve({ items: PERMISSIONS.map(presentPermission) })),
];
