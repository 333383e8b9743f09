import type { EntityManager } from '@mikro-orm/postgresql';
import { type Permission, right } from '#contract/permissions.ts';
import type { ProblemDocument } from '#contract/problems.ts';
import { Role } from './Role.ts';

const MOST_PEOPLE = 5;

/**
 * What a person who was refused needs to know: the missing right in words, the roles that grant it, and who can give such a
 * role — Full Administrators, at most five of them.
 */
export async function explainDenial(em: EntityManager, permission: Permission): Promise<NonNullable<ProblemDocument['missing']>> {
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' } });
  const people = await em.execute<{ name: string }[]>(
    `select distinct a.first_name || ' ' || a.last_name as name
       from admin a join admin_roles ar on ar.admin_id = a.id join role r on r.id = ar.role_id
      where r.superadmin and a.disabled_at is null
      order by name limit ?`,
    [MOST_PEOPLE],
  );
  return {
    permission,
    label: right(permission).label,
    roles: roles.filter(role => role.effective().has(permission)).map(role => role.name),
    people: people.map(person => person.name),
  };
}
