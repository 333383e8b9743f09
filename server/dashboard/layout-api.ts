import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/layout.ts';
import { type Route, route } from '../platform/http/route.ts';
import { room } from '../platform/live/rooms.ts';
import { Problem } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { publishDefault, resetLayout, saveLayout, withdrawDefault } from './arrange.ts';

interface DefaultRow {
  role_id: string;
  role: string;
  published_by: string | null;
  published_at: string | null;
  followers: number;
  keepers: number;
}

const DEFAULTS = `
  select r.id as role_id, r.name as role, d.published_by, d.published_at,
         count(a.id) filter (where o.arrangement is null)::int as followers,
         count(a.id) filter (where o.arrangement is not null)::int as keepers
    from role r left join default_layout d on d.role_id = r.id
    left join admin_roles ar on ar.role_id = r.id
    left join admin a on a.id = ar.admin_id and a.disabled_at is null
    left join own_layout o on o.admin_id = a.id
   group by r.id, d.role_id order by r.superadmin desc, r.name`;

async function defaults(em: EntityManager): Promise<contract.RoleDefault[]> {
  const rows = await em.execute<DefaultRow[]>(DEFAULTS);
  return rows.map(({ role_id, role, published_by, published_at, followers, keepers }) => ({
    roleId: role_id,
    role,
    published: published_by === null || published_at === null ? null : { by: published_by, at: new Date(published_at).toISOString() },
    followers,
    keepers,
  }));
}

/** Everybody's open dashboards read again, since whom a default counts for only the database knows. */
async function changed(em: EntityManager, roleId: string, tools: ServerTools): Promise<contract.RoleDefault> {
  tools.layouts.forget();
  tools.broadcast.control({ kind: 'layouts' });
  tools.broadcast.send(room.may('dashboard.view'), 'layout:changed');
  const found = (await defaults(em)).find(each => each.roleId === roleId);
  if (!found) throw new Problem('not_found');
  return found;
}

/** The person's other tabs, wherever they are open, arrange themselves alike. */
async function own(adminId: string, tools: ServerTools): Promise<contract.LayoutView> {
  tools.layouts.forget(adminId);
  tools.broadcast.control({ kind: 'layouts', adminId });
  const layout = await tools.layouts.of(adminId);
  tools.broadcast.send(room.person(adminId), 'layout:changed', layout.version);
  return layout;
}

const owns = { nothing: 'how somebody arranges their own dashboard concerns nobody else' };

export const layoutRoutes: Route[] = [
  route(contract.getLayout, 'dashboard.view', {}, ({ actor, tools }) => tools.layouts.of(actor.id ?? '')),

  route(contract.saveLayout, 'dashboard.view', { records: owns }, async ({ em, actor, body, tools }) => {
    const id = actor.id ?? '';
    await saveLayout(em, id, body);
    return own(id, tools);
  }),

  route(contract.resetLayout, 'dashboard.view', { records: owns }, async ({ em, actor, tools }) => {
    const id = actor.id ?? '';
    await resetLayout(em, id);
    return own(id, tools);
  }),

  route(contract.listDefaults, 'roles.edit', {}, async ({ em }) => ({ items: await defaults(em) })),

  route(contract.publishDefault, 'roles.edit', { records: ['dashboard.published'] }, async ({ em, actor, params, body, tools }) => {
    await publishDefault(em, actor, params.roleId, body);
    return changed(em, params.roleId, tools);
  }),

  route(contract.withdrawDefault, 'roles.edit', { records: ['dashboard.withdrawn'] }, async ({ em, actor, params, tools }) => {
    await withdrawDefault(em, actor, params.roleId);
    return changed(em, params.roleId, tools);
  }),
];
