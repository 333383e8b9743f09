import type { EntityManager } from '@mikro-orm/postgresql';
import { renderSVG } from 'uqr';
import type { Admin } from '../../admins/Admin.ts';
import { record } from '../../events/record.ts';
import type { Actor } from '../../platform/actor.ts';
import { databaseNow } from '../../platform/db/now.ts';
import { Problem, invalid } from '../../platform/problem.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { organisation } from '../../settings/queries.ts';
import { Totp } from '../SecondFactor.ts';
import { say } from '../../words/say.ts';
import { followAddition, refuseIfLast } from './follow.ts';
import { keyUri, newSecret, stepOf } from './totp.ts';

/** Binds the ciphertext to the person: in another's row it cannot be read. */
const contextOf = (adminId: string): string => `totp ${adminId}`;

/** Whether this is a code of the app now. A right one is used up: no code works twice, not even for two at once. */
export async function useAppCode(em: EntityManager, secrets: Secrets, adminId: string, code: string): Promise<boolean> {
  const totp = await em.findOne(Totp, { admin: adminId, confirmedAt: { $ne: null } });
  if (!totp?.secret) return false;
  const step = stepOf(secrets.decrypt(totp.secret, contextOf(adminId)), code, await databaseNow(em));
  if (step === undefined) return false;
  const taken = await em.execute<unknown[]>(
    'update totp set last_step = ? where admin_id = ? and last_step < ? and secret = ? returning admin_id',
    [step, adminId, step, totp.secret],
  );
  return taken.length > 0;
}

/** A new secret for the person's app. It opens nothing before a code confirmed it; one that counts already goes on until then. */
export async function beginApp(em: EntityManager, admin: Admin, secrets: Secrets): Promise<{ secret: string; uri: string; svg: string }> {
  const secret = newSecret();
  const { name } = await organisation(em);
  await em.execute(
    `insert into totp (admin_id, pending, last_step) values (?, ?, 0) on conflict (admin_id) do update set pending = excluded.pending`,
    [admin.id, secrets.encrypt(secret, contextOf(admin.id))],
  );
  const uri = keyUri(secret, { issuer: name, username: admin.username });
  return { secret, uri, svg: renderSVG(uri, { border: 2 }) };
}

/**
 * The first right code makes the new secret count, and uses up that code.
 * @returns recovery codes, where there were none
 * @throws Problem `invalid` for a wrong code, `conflict` when it was not begun, or begun anew meanwhile
 */
export async function confirmApp(
  em: EntityManager,
  actor: Actor,
  admin: Admin,
  secrets: Secrets,
  code: string,
): Promise<string[] | undefined> {
  const totp = await em.findOne(Totp, { admin: admin.id });
  if (!totp?.pending) throw new Problem('conflict', { detail: say('Begin again: there is no new secret to confirm.') });
  const step = stepOf(secrets.decrypt(totp.pending, contextOf(admin.id)), code, await databaseNow(em));
  if (step === undefined) throw invalid('code', say('This is not the code that the app shows now.'));
  return em.transactional(async em => {
    const confirmed = await em.execute<unknown[]>(
      `update totp set secret = pending, pending = null, confirmed_at = now(), last_step = ? where admin_id = ? and pending = ? returning admin_id`,
      [step, admin.id, totp.pending],
    );
    if (confirmed.length === 0) throw new Problem('conflict', { detail: say('Begin again: another secret was made meanwhile.') });
    record(em, actor, 'second-factor.enrolled', { adminId: admin.id, name: admin.name, factor: 'app' });
    return followAddition(em, actor, admin);
  });
}

/** @throws Problem `not_found`, or `in_use` for the last factor while a role asks for one */
export async function removeApp(em: EntityManager, actor: Actor, admin: Admin): Promise<void> {
  await em.transactional(async em => {
    const removed = await em.execute<{ counted: boolean }[]>(
      'delete from totp where admin_id = ? returning confirmed_at is not null as counted',
      [admin.id],
    );
    if (!removed[0]?.counted) throw new Problem('not_found');
    await refuseIfLast(em, admin);
    record(em, actor, 'second-factor.removed', { adminId: admin.id, name: admin.name, factor: 'app' });
  });
}
