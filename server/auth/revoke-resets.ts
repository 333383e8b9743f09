import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Kills the link that sets a new password for somebody, in the caller's transaction: it went to an address, or was made for an
 * account, that is not what it was.
 */
export async function revokeResets(em: EntityManager, adminId: string): Promise<void> {
  await em.execute('update password_reset set revoked_at = now() where admin_id = ? and used_at is null and revoked_at is null', [adminId]);
}
