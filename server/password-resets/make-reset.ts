import type { EntityManager } from '@mikro-orm/postgresql';
import { RESET_MINUTES } from '#contract/accounts.ts';
import type { Facts } from '#contract/events.ts';
import { Admin } from '../admins/Admin.ts';
import { PasswordReset } from '../auth/PasswordReset.ts';
import { revokeResets } from '../auth/revoke-resets.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Secrets } from '../platform/secrets.ts';
import { resetLink } from './link.ts';

/**
 * A new link for somebody, in the caller's transaction; the one before it is dead. The mail follows from the event, except where
 * the shell prints the link.
 */
export async function makeReset(
  em: EntityManager,
  actor: Actor,
  { id, name }: { id: string; name: string },
  by: Facts<'password.reset-requested'>['by'],
  secrets: Secrets,
): Promise<PasswordReset> {
  // one after the other, so that the newest is the one that is open
  await em.execute('select 1 from admin where id = ? for no key update', [id]);
  await revokeResets(em, id);
  const now = await databaseNow(em);
  const reset = em.create(PasswordReset, {
    admin: em.getReference(Admin, id),
    ...resetLink.make(secrets),
    createdAt: now,
    expiresAt: new Date(now.getTime() + RESET_MINUTES * 60_000),
  });
  record(em, actor, 'password.reset-requested', { adminId: id, name, resetId: reset.id, by });
  return reset;
}
