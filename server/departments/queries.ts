import type { EntityManager } from '@mikro-orm/postgresql';

/** A department with its counts. */
export interface DepartmentRow {
  id: string;
  name: string;
  description: string;
  position: number;
  version: number;
  members: number;
  notified: number;
  invitations: number;
}

const ORDER = 'd.position, d.id';
const SELECT = `
  select d.id, d.name, d.description, d.position, d.version, m.members, m.notified,
         (select count(*)::int from invitation_department i join invitation v on v.id = i.invitation_id
           where i.department_id = d.id and v.state in ('pending', 'expired')) as invitations
    from department d,
         lateral (select count(*)::int as members, (count(*) filter (where dm.ticket_notifications))::int as notified
                    from department_member dm join admin a on a.id = dm.admin_id
                   where dm.department_id = d.id and a.disabled_at is null) m`;

/** All departments in their order. */
export const allDepartments = (em: EntityManager): Promise<DepartmentRow[]> => em.execute<DepartmentRow[]>(`${SELECT} order by ${ORDER}`);

/** One of them. */
export async function departmentById(em: EntityManager, id: string): Promise<DepartmentRow | undefined> {
  const [row] = await em.execute<DepartmentRow[]>(`${SELECT} where d.id = ?`, [id]);
  return row;
}

/** A member as the page of a department shows them. */
export interface MemberRow {
  id: string;
  name: string;
  avatar: string | null;
  roles: string[];
  ticket_notifications: boolean;
}

/** One page of a department's enabled members, by name, and how many there are. */
export async function pageOfMembers(
  em: EntityManager,
  departmentId: string,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ items: MemberRow[]; total: number }> {
  const [found] = await em.execute<{ items: MemberRow[]; total: number }[]>(
    `with members as (
       select a.id, a.first_name, a.last_name, a.avatar, dm.ticket_notifications
         from department_member dm join admin a on a.id = dm.admin_id
        where dm.department_id = ? and a.disabled_at is null)
     select (select count(*)::int from members) as total,
            coalesce((select json_agg(shown) from (
              select m.id, m.first_name || ' ' || m.last_name as name, m.avatar, m.ticket_notifications,
                     coalesce((select json_agg(r.name order by r.name) from admin_roles ar join role r on r.id = ar.role_id
                                where ar.admin_id = m.id), '[]') as roles
                from members m order by lower(m.last_name), lower(m.first_name), m.id limit ? offset ?) shown), '[]') as items`,
    [departmentId, pageSize, (page - 1) * pageSize],
  );
  if (!found) throw new Error('a count without a row');
  return found;
}

/** That a person belongs to a department, with the name it has now. */
export interface Membership {
  id: string;
  name: string;
  ticketNotifications: boolean;
}

/** The departments of a person, in their order. */
export const departmentsOf = (em: EntityManager, adminId: string): Promise<Membership[]> =>
  em.execute<Membership[]>(
    `select d.id, d.name, dm.ticket_notifications as "ticketNotifications"
       from department_member dm join department d on d.id = dm.department_id
      where dm.admin_id = ? order by ${ORDER}`,
    [adminId],
  );
