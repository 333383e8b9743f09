import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { listAdmins as endpoint } from '#contract/admins.ts';
import { DEMANDED_BY, HAS_APP, HAS_FACTOR, HAS_PASSKEY } from './second-factor.ts';

type Query = z.output<NonNullable<typeof endpoint.query>>;
/** What a list is narrowed to, and its order. */
export type AdminFilter = Omit<Query, 'page' | 'pageSize' | 'presence'> & {
  /** These alone. */
  ids?: readonly string[] | undefined;
  /** None of these. */
  notIds?: readonly string[] | undefined;
};

/** An account as the list shows it. Times are texts of ISO 8601 in the database's zone. */
export interface AdminRow {
  id: string;
  username: string;
  first_name: string;
  last_name: string;
  email: string;
  avatar: string | null;
  disabled_at: string | null;
  disabled_by: string | null;
  created_at: string;
  last_seen_at: string | null;
  roles: { id: string; name: string; superadmin: boolean; permissions: string[]; demands: boolean }[];
  departments: { id: string; name: string; ticketNotifications: boolean }[];
  has_app: boolean;
  has_passkey: boolean;
}

/** What only the page of one account shows beside that. */
export interface AdminDetailRow extends AdminRow {
  language: string | null;
  signature: string;
  private_notes: string;
  must_change_password: boolean;
  last_superadmin: boolean;
  version: number;
}

export interface AdminPage {
  items: AdminRow[];
  total: number;
  active: number;
  invited: number;
  disabled: number;
}

const COLUMNS = `
  a.id, a.username, a.first_name, a.last_name, a.email, a.avatar, a.disabled_at, a.disabled_by, a.created_at, a.last_seen_at,
  coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'superadmin', r.superadmin, 'permissions', r.permissions,
                                              'demands', r.second_factor_demanded) order by r.name)
              from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id), '[]') as roles,
  coalesce((select json_agg(json_build_object('id', d.id, 'name', d.name, 'ticketNotifications', dm.ticket_notifications)
                            order by d.position, d.id)
              from department_member dm join department d on d.id = dm.department_id where dm.admin_id = a.id), '[]') as departments,
  ${HAS_APP} as has_app, ${HAS_PASSKEY} as has_passkey`;

const NAME = 'lower(last_name), lower(first_name), id';
const NAME_DOWN = 'lower(last_name) desc, lower(first_name) desc, id desc';
const ORDER: Record<Query['sort'], string> = {
  name: NAME,
  '-name': NAME_DOWN,
  username: 'lower(username)',
  '-username': 'lower(username) desc',
  email: 'lower(email)',
  '-email': 'lower(email) desc',
  lastSeen: `last_seen_at asc nulls first, ${NAME}`,
  '-lastSeen': `last_seen_at desc nulls last, ${NAME}`,
  joined: 'created_at, id',
  '-joined': 'created_at desc, id desc',
  disabled: `disabled_at, ${NAME}`,
  '-disabled': `disabled_at desc, ${NAME}`,
};

const SECOND_FACTOR: Record<NonNullable<Query['secondFactor']>, string> = {
  on: HAS_FACTOR,
  off: `not ${HAS_FACTOR}`,
  missing: `not ${HAS_FACTOR} and ${DEMANDED_BY} is not null`,
};

/** What a filter asks, as SQL over `admin a`. */
function whereOf({ state, search, role, department, secondFactor, ids, notIds }: AdminFilter): { sql: string; values: unknown[] } {
  const conditions: [sql: string, ...values: unknown[]][] = [['(a.disabled_at is null) = ?', state === 'active']];
  if (search) conditions.push([`strpos(lower(concat_ws(' ', a.first_name, a.last_name, a.username, a.email)), lower(?)) > 0`, search]);
  if (role) conditions.push(['exists (select from admin_roles ar where ar.admin_id = a.id and ar.role_id = ?)', role]);
  if (department)
    conditions.push(['exists (select from department_member dm where dm.admin_id = a.id and dm.department_id = ?)', department]);
  if (secondFactor) conditions.push([SECOND_FACTOR[secondFactor]]);
  if (ids) conditions.push(ids.length > 0 ? ['a.id in (?)', ids] : ['false']);
  if (notIds && notIds.length > 0) conditions.push(['a.id not in (?)', notIds]);
  return { sql: conditions.map(([sql]) => sql).join(' and '), values: conditions.flatMap(([, ...values]) => values) };
}

/** One page of the staff accounts with the counts of the tabs beside it: one statement, so that they agree with one another. */
export async function pageOfAdmins(
  em: EntityManager,
  filter: AdminFilter,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<AdminPage> {
  const { sql, values } = whereOf(filter);
  const [found] = await em.execute<AdminPage[]>(
    `with found as (select a.* from admin a where ${sql})
     select coalesce((select json_agg(shown) from (select ${COLUMNS} from found a order by ${ORDER[filter.sort]} limit ? offset ?) shown), '[]') as items,
            (select count(*)::int from found) as total,
            (select count(*)::int from admin where disabled_at is null) as active,
            (select count(*)::int from invitation where state in ('pending', 'expired')) as invited,
            (select count(*)::int from admin where disabled_at is not null) as disabled`,
    [...values, pageSize, (page - 1) * pageSize],
  );
  if (!found) throw new Error('a count without a row');
  return found;
}

/** All that a filter finds, in its order. */
export async function allAdmins(em: EntityManager, filter: AdminFilter): Promise<AdminRow[]> {
  const { sql, values } = whereOf(filter);
  const rows = await em.execute<{ row: AdminRow }[]>(
    `select to_json(shown) as row from (select ${COLUMNS} from admin a where ${sql} order by ${ORDER[filter.sort]}) shown`,
    values,
  );
  return rows.map(({ row }) => row);
}

/** One account, disabled or not. */
export async function adminById(em: EntityManager, id: string): Promise<AdminDetailRow | undefined> {
  const [found] = await em.execute<{ row: AdminDetailRow }[]>(
    `select to_json(found) as row from (
       select ${COLUMNS}, a.language, a.signature, a.private_notes, a.must_change_password, a.version,
              a.disabled_at is null and array(
                select distinct other.id from admin other join admin_roles ar on ar.admin_id = other.id join role r on r.id = ar.role_id
                 where r.superadmin and other.disabled_at is null) = array[a.id] as last_superadmin
         from admin a where a.id = ?) found`,
    [id],
  );
  return found?.row;
}
