import type { EntityManager } from '@mikro-orm/postgresql';
import { type Permission, isPermission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';

/** When somebody asked for a right within the last day, by the database's clock; undefined when they did not. */
export async function askedSince(em: EntityManager, adminId: string, permission: Permission): Promise<Date | undefined> {
  const [row] = await em.execute<{ ms: number }[]>(
    `select floor(extract(epoch from stored_at) * 1000)::float8 as ms from event
      where type = 'rights.asked-for' and actor_id = ? and facts->>'permission' = ? and stored_at > now() - interval '1 day'
      order by stored_at desc limit 1`,
    [adminId, permission],
  );
  return row && new Date(row.ms);
}

/** A right that somebody asked for and does not have yet. */
export interface OpenAsk {
  adminId: string;
  name: string;
  permission: Permission;
  label: string;
  at: Date;
}

/** What was asked for in the last 7 days and not given since, newest first; of those who are disabled, nothing. */
export async function openAsks(em: EntityManager): Promise<OpenAsk[]> {
  const rows = await em.execute<{ admin_id: string; permission: string; label: string; ms: number }[]>(
    `select distinct on (actor_id, facts->>'permission') actor_id as admin_id, facts->>'permission' as permission, facts->>'label' as label,
            floor(extract(epoch from stored_at) * 1000)::float8 as ms
       from event where type = 'rights.asked-for' and at > now() - interval '7 days'
      order by actor_id, facts->>'permission', stored_at desc`,
  );
  const ids = [...new Set(rows.map(({ admin_id }) => admin_id))];
  const admins = await em.find(Admin, { id: { $in: ids }, disabledAt: null }, { populate: ['roles'] });
  const byId = new Map(admins.map(admin => [admin.id, admin]));
  return rows
    .flatMap(({ admin_id: adminId, permission, label, ms }) => {
      const admin = byId.get(adminId);
      if (!admin || !isPermission(permission) || admin.effective().has(permission)) return [];
      return [{ adminId, name: admin.name, permission, label, at: new Date(ms) }];
    })
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
}
