import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { listAdmins as endpoint } from '#contract/admins.ts';

type Query = z.output<NonNullable<typeof endpoint.query>>;

/** An account as the list shows it. Times are texts of ISO 8601 in the database's zone. */
export interface AdminRow {
  id: string;
  username: string;
  first_name: string;
  last_name: string;
  email: string;
  disabled_at: string | null;
  created_at: string;
  last_seen_at: string | null;
  roles: { id: string; name: string }[];
}

export interface AdminPage {
  items: AdminRow[];
  total: number;
  active: number;
  invited: number;
  disabled: number;
}

const COLUMNS = `
  a.id, a.username, a.first_name, a.last_name, a.email, a.disabled_at, a.created_at, a.last_seen_at,
  coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name)
              from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id), '[]') as roles`;

const NAME = 'lower(last_name), lower(first_name), id';
const ORDER: Record<Query['sort'], string> = {
  name: NAME,
  '-name': 'lower(last_name) desc, lower(first_name) desc, id desc',
  lastSeen: `last_seen_at asc nulls first, ${NAME}`,
  '-lastSeen': `last_seen_at desc nulls last, ${NAME}`,
  joined: 'created_at, id',
  '-joined': 'created_at desc, id desc',
};

/** One page of the staff accounts with the counts of the tabs beside it: one statement, so that they agree with one another. */
export async function pageOfAdmins(em: EntityManager, query: Query, pageSize: number): Promise<AdminPage> {
  const [page] = await em.execute<AdminPage[]>(
    `with found as (
       select a.* from admin a
        where (a.disabled_at is null) = ?
          and (?::text is null or strpos(lower(concat_ws(' ', a.first_name, a.last_name, a.username, a.email)), lower(?)) > 0)
          and (?::uuid is null or exists (select from admin_roles ar where ar.admin_id = a.id and ar.role_id = ?)))
     select coalesce((select json_agg(shown) from (select ${COLUMNS} from found a order by ${ORDER[query.sort]} limit ? offset ?) shown), '[]') as items,
            (select count(*)::int from found) as total,
            (select count(*)::int from admin where disabled_at is null) as active,
            (select count(*)::int from invitation where state in ('pending', 'expired')) as invited,
            (select count(*)::int from admin where disabled_at is not null) as disabled`,
    [
      query.state === 'active',
      query.search ?? null,
      query.search ?? null,
      query.role ?? null,
      query.role ?? null,
      pageSize,
      (query.page - 1) * pageSize,
    ],
  );
  if (!page) throw new Error('a count without a row');
  return page;
}

/** One account, as the list shows it. */
export async function adminById(em: EntityManager, id: string): Promise<AdminRow | undefined> {
  const [found] = await em.execute<{ row: AdminRow }[]>(
    `select to_json(found) as row from (select ${COLUMNS} from admin a where a.id = ?) found`,
    [id],
  );
  return found?.row;
}
