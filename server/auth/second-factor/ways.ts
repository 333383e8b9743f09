import type { EntityManager } from '@mikro-orm/postgresql';
import type { Way } from '#contract/factors.ts';

/** In which ways this person can give a second factor; none without one. */
export async function waysOf(em: EntityManager, adminId: string): Promise<Way[]> {
  const [row] = await em.execute<{ app: boolean; passkey: boolean; recovery: boolean }[]>(
    `select exists (select from totp where admin_id = a.id and confirmed_at is not null) as app,
            exists (select from passkey where admin_id = a.id) as passkey,
            exists (select from recovery_code where admin_id = a.id and used_at is null) as recovery
       from admin a where a.id = ?`,
    [adminId],
  );
  if (!row || (!row.app && !row.passkey)) return [];
  return (['app', 'passkey', 'recovery'] as const).filter(way => row[way]);
}
