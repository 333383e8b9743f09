import type { EntityManager } from '@mikro-orm/postgresql';
import type { OwnedView } from '#contract/admins.ts';
import { Admin } from '../admins/Admin.ts';
import { holderOf, holdingsOf, mayTakeInvitation, mayTakeRules, mayTakeTodos } from './hand-over.ts';

/** Open sessions and keys that work, by the database's clock. */
async function accessOf(em: EntityManager, adminId: string): Promise<Pick<OwnedView, 'sessions' | 'keys'>> {
  const [row] = await em.execute<Pick<OwnedView, 'sessions' | 'keys'>[]>(
    `select (select count(*)::int from session s join admin a on a.id = s.admin_id
              where a.id = ? and s.ended_at is null and s.auth_epoch = a.auth_epoch and s.expires_at > now()
                and s.last_seen_at + make_interval(secs => s.idle_seconds) > now()) as sessions,
            coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name) order by k.name) from api_key k
                       where k.owner_id = ? and k.revoked_at is null and k.expires_at > now()), '[]') as keys`,
    [adminId, adminId],
  );
  if (!row) throw new Error('a count without a row');
  return row;
}

/** All that ends, stands still or is handed over when a person is disabled. */
export async function ownedBy(em: EntityManager, adminId: string): Promise<OwnedView> {
  const access = await accessOf(em, adminId);
  const { rules, invitations, todos } = await holdingsOf(em, adminId);
  const nothing = rules.length + invitations.length + todos.length === 0;
  const others = nothing
    ? []
    : await em.find(
        Admin,
        { id: { $ne: adminId }, disabledAt: null },
        { populate: ['roles'], orderBy: { firstName: 'asc', lastName: 'asc', id: 'asc' } },
      );
  const takers = others.flatMap(admin => {
    const holder = holderOf(admin);
    const takes = [
      ...(mayTakeRules(holder) ? rules.map(({ id }) => id) : []),
      ...(mayTakeTodos(holder) ? todos.map(({ id }) => id) : []),
      ...invitations.filter(invitation => mayTakeInvitation(holder, invitation)).map(({ id }) => id),
    ];
    return takes.length > 0 ? [{ id: admin.id, name: admin.name, takes }] : [];
  });
  return {
    ...access,
    rules: rules.map(({ id, name }) => ({ id, name })),
    invitations: invitations.map(({ id, email }) => ({ id, name: email })),
    todos: todos.map(({ id, text }) => ({ id, name: text })),
    takers,
  };
}
