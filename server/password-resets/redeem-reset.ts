import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { PasswordReset } from '../auth/PasswordReset.ts';
import { checkNewPassword } from '../auth/new-password.ts';
import { hashPassword } from '../auth/passwords.ts';
import { revokeResets } from '../auth/revoke-resets.ts';
import { endSessions } from '../auth/sessions.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { later, say } from '../words/say.ts';
import { resetLink } from './link.ts';

/** What a person reads where they were signed in. */
export const WAS_RESET = later('You were signed out because your password was set anew by a link.');

/** One text for every reason, so that a link tells nothing about the account behind it. */
const dead = (): Problem =>
  new Problem('dead_link', { detail: say('This link cannot be used any more: it works once, for 30 minutes, and only the newest does.') });

/** An open link with its person. It looks, and uses nothing up. @throws Problem `dead_link` */
export async function openReset(em: EntityManager, secrets: Secrets, token: string): Promise<PasswordReset> {
  const reset = await em.findOne(PasswordReset, { tokenHash: resetLink.hash(secrets, token) }, { populate: ['admin'], refresh: true });
  const isOpen = reset && !reset.usedAt && !reset.revokedAt && reset.expiresAt > (await databaseNow(em)) && !reset.admin.disabledAt;
  if (!isOpen) throw dead();
  return reset;
}

/** Uses the link up: of any number who try at once, one gets its person, the others `undefined`. */
async function consume(em: EntityManager, tokenHash: Buffer): Promise<Admin | undefined> {
  const [used] = await em.execute<{ admin_id: string }[]>(
    `update password_reset set used_at = now()
      where token_hash = ? and used_at is null and revoked_at is null and now() < expires_at
        and exists (select from admin where id = admin_id and disabled_at is null) returning admin_id`,
    [tokenHash],
  );
  return used && em.findOneOrFail(Admin, used.admin_id, { refresh: true });
}

/**
 * Sets a new password by a link and ends every session of the person. It lets nobody in: whoever has a second factor is asked for it
 * at the next sign-in.
 * @throws Problem `dead_link`, or `invalid` for a password that is refused, with which the link stays good
 */
export async function redeemReset(
  em: EntityManager,
  visitor: Actor,
  { token, password }: { token: string; password: string },
  secrets: Secrets,
): Promise<Admin> {
  // the costly hash is made before anything is locked, and only for a link that is open
  const { admin: person } = await openReset(em.fork(), secrets, token);
  await checkNewPassword(em, password, { field: 'password', words: [person.username, person.email, person.firstName, person.lastName] });
  const passwordHash = await hashPassword(secrets, password);
  return em.transactional(async em => {
    const admin = await consume(em, resetLink.hash(secrets, token));
    if (!admin) throw dead();
    em.assign(admin, { passwordHash, mustChangePassword: false, authEpoch: admin.authEpoch + 1 });
    const sessions = await endSessions(em, admin.id, WAS_RESET);
    await revokeResets(em, admin.id);
    record(em, { ...visitor, kind: 'admin', id: admin.id, name: admin.name }, 'password.reset', {
      adminId: admin.id,
      name: admin.name,
      sessions,
    });
    return admin;
  });
}
