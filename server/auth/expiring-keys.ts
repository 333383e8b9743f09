import type { EntityManager } from '@mikro-orm/postgresql';

/** From so many days before its end on, a key wants attention. */
const KEY_EXPIRES_SOON_DAYS = 14;

export interface ExpiringKey {
  id: string;
  name: string;
  owner: string;
  expiresAt: Date;
}

/** Keys in use that end within two weeks, the first to end first: whoever owns one makes another in time. */
export async function expiringKeys(em: EntityManager, limit = 50): Promise<ExpiringKey[]> {
  const rows = await em.execute<{ id: string; name: string; owner: string; expires_at: string }[]>(
    `select k.id, k.name, a.first_name || ' ' || a.last_name as owner, k.expires_at
       from api_key k join admin a on a.id = k.owner_id
      where k.revoked_at is null and a.disabled_at is null
        and k.expires_at > now() and k.expires_at < now() + make_interval(days => ?)
      order by k.expires_at, k.id limit ?`,
    [KEY_EXPIRES_SOON_DAYS, limit],
  );
  return rows.map(({ id, name, owner, expires_at }) => ({ id, name, owner, expiresAt: new Date(expires_at) }));
}
