import * as contract from '#contract/admins.ts';
import { presentActivity } from '../events/present.ts';
import { csvOf } from '../platform/csv.ts';
import { Download } from '../platform/http/download.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { canManage } from '../roles/policy.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { Admin } from './Admin.ts';
import { adminColumns } from './csv-columns.ts';
import { loginsOf } from './logins.ts';
import { presenceFilter } from './presence-filter.ts';
import { presentAdmin, presentAdminDetail } from './present.ts';
import { adminById, allAdmins, pageOfAdmins } from './queries.ts';

export const adminRoutes: Route[] = [
  route(contract.listAdmins, 'admins.view', {}, async ({ em, actor, query, tools }) => {
    const { page, pageSize: asked, presence, ...filter } = query;
    const pageSize = await pageSizeFor(em, actor, { pageSize: asked });
    const here = await presenceFilter(em, actor, presence, tools);
    const { items, total, active, invited, disabled } = await pageOfAdmins(em, { ...filter, ...here }, { page, pageSize });
    return { items: items.map(row => presentAdmin(row, actor)), total, page, pageSize, counts: { active, invited, disabled } };
  }),

  route(contract.exportAdmins, 'admins.view', { limit: 'export' }, async ({ em, actor, query, tools }) => {
    const { presence, ids, ...filter } = query;
    const here = await presenceFilter(em, actor, presence, tools);
    const rows = await allAdmins(em, { ...filter, ...(ids ? { ids } : here) });
    return new Download('staff.csv', 'text/csv', csvOf(adminColumns, rows));
  }),

  route(contract.getAdmin, 'admins.view', {}, async ({ em, actor, params }) => {
    const admin = await adminById(em, params.id);
    if (!admin) throw new Problem('not_found');
    return presentAdminDetail(admin, actor);
  }),

  route(contract.listLogins, 'admins.secure', {}, async ({ em, actor, params, query }) => {
    const admin = await em.findOne(Admin, params.id, { populate: ['roles'] });
    if (!admin) throw new Problem('not_found');
    if (admin.id !== actor.id && !canManage(actor, { permissions: admin.effective(), superadmin: admin.isSuperadmin }))
      throw new Problem('stronger_than_you');
    const pageSize = await pageSizeFor(em, actor, query);
    const seals = await loginsOf(em, admin, { before: query.before, limit: pageSize + 1 });
    const items = seals.slice(0, pageSize).map(({ event, seq }) => presentActivity(event, seq));
    const last = items.at(-1);
    return { items, pageSize, ...(seals.length > pageSize && last ? { next: String(last.seq) } : {}) };
  }),
];
