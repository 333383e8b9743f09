import * as contract from '#contract/admins.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { presentAdmin } from './present.ts';
import { adminById, pageOfAdmins } from './queries.ts';

export const adminRoutes: Route[] = [
  route(contract.listAdmins, 'admins.view', {}, async ({ em, actor, query }) => {
    const pageSize = await pageSizeFor(em, actor, query);
    const { items, total, active, invited, disabled } = await pageOfAdmins(em, query, pageSize);
    return { items: items.map(presentAdmin), total, page: query.page, pageSize, counts: { active, invited, disabled } };
  }),

  route(contract.getAdmin, 'admins.view', {}, async ({ em, params }) => {
    const admin = await adminById(em, params.id);
    if (!admin) throw new Problem('not_found');
    return presentAdmin(admin);
  }),
];
