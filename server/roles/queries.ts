import type { EntityManager } from '@mikro-orm/postgresql';

export interface Person {
  id: string;
  name: string;
}

/** Who holds each role, by the role's id: enabled admins, by name. */
export async function holdersByRole(em: EntityManager): Promise<ReadonlyMap<string, Person[]>> {
  const rows = await em.execute<(Person & { role_id: string })[]>(
    `select ar.role_id, a.id, a.first_name || ' ' || a.last_name as name
       from admin_roles ar join admin a on a.id = ar.admin_id
      where a.disabled_at is null
      order by name, a.id`,
  );
  return Map.groupBy(rows, row => row.role_id);
}
