import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../../admins/Admin.ts';
import { DEMANDED_BY, HAS_FACTOR } from '../../admins/second-factor.ts';
import type { Actor } from '../../platform/actor.ts';
import { Problem } from '../../platform/problem.ts';
import { RecoveryCode } from '../SecondFactor.ts';
import { say } from '../../words/say.ts';
import { replaceCodes } from './recovery-codes.ts';

/**
 * What follows when a factor was added, in the caller's transaction. With the first one come recovery codes, and every other session
 * of the person has to give it too, since whoever holds one may know the password alone.
 * @returns the codes, to be shown once
 */
export async function followAddition(em: EntityManager, actor: Actor, admin: Admin): Promise<string[] | undefined> {
  // whoever adds two at once waits here, so that codes are made once
  await em.execute('select id from admin where id = ? for update', [admin.id]);
  await em.execute('update admin set second_factor_asked_at = null where id = ?', [admin.id]);
  if ((await em.count(RecoveryCode, { admin: admin.id })) > 0) return undefined;
  await em.execute(
    `update session set level = 'password', expires_at = least(expires_at, now() + interval '10 minutes') where admin_id = ? and id <> ? and ended_at is null and level = 'full'`,
    [admin.id, actor.sessionId],
  );
  return replaceCodes(em, admin);
}

/**
 * What must hold after a factor was removed, in the caller's transaction: one is left, or no role asks for one. With the last one go
 * the recovery codes, which are no factor of their own.
 * @throws Problem `in_use`
 */
export async function refuseIfLast(em: EntityManager, admin: Admin): Promise<void> {
  await em.execute('select id from admin where id = ? for update', [admin.id]);
  const [left] = await em.execute<{ one: boolean; demanded: boolean }[]>(
    `select ${HAS_FACTOR} as one, ${DEMANDED_BY} is not null as demanded from admin a where a.id = ?`,
    [admin.id],
  );
  if (left?.one) return;
  if (left?.demanded !== false)
    throw new Problem('in_use', { detail: say('Your role asks for a second factor, and this is your last one. Add another first.') });
  await em.execute('delete from recovery_code where admin_id = ?', [admin.id]);
}
