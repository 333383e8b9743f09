import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';

/** Revokes every API key of a person. Whoever has seen a key could use it on, so none comes back with the account. */
export async function revokeKeys(em: EntityManager, actor: Actor, adminId: string): Promise<void> {
  const keys = await em.execute<{ id: string; name: string }[]>(
    'update api_key set revoked_at = now() where owner_id = ? and revoked_at is null returning id, name',
    [adminId],
  );
  for (const { id, name } of keys) record(em, actor, 'key.revoked', { keyId: id, name });
}
