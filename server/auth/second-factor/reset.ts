import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../../admins/Admin.ts';
import { HAS_FACTOR } from '../../admins/second-factor.ts';
import { record } from '../../events/record.ts';
import type { Actor } from '../../platform/actor.ts';
import { Problem } from '../../platform/problem.ts';
import { endSessions } from '../sessions.ts';
import { noted, say } from '../../words/say.ts';

/**
 * Removes all second factors of somebody who lost theirs, and ends their sessions: who uses them now is not certain. Where a role
 * asks for a factor there is no new grace, so that nobody is let in by their password alone for another week. Whether the actor may
 * do it is for the caller, who tells the other processes too.
 * @throws Problem `conflict` when there is none
 */
export async function resetSecondFactor(em: EntityManager, actor: Actor, admin: Admin): Promise<void> {
  await em.transactional(async em => {
    await em.execute('select id from admin where id = ? for update', [admin.id]);
    const [before] = await em.execute<{ one: boolean; factors: number }[]>(
      `select ${HAS_FACTOR} as one, (select count(*)::int from passkey where admin_id = a.id)
              + (select count(*)::int from totp where admin_id = a.id and confirmed_at is not null) as factors from admin a where a.id = ?`,
      [admin.id],
    );
    if (!before?.one) throw new Problem('conflict', { detail: say('{name} has no second factor.', { name: admin.name }) });
    for (const table of ['totp', 'passkey', 'recovery_code']) await em.execute(`delete from ${table} where admin_id = ?`, [admin.id]);
    await em.execute(`update admin set auth_epoch = auth_epoch + 1, second_factor_asked_at = 'epoch' where id = ?`, [admin.id]);
    await endSessions(em, admin.id, noted('You were signed out because {name} reset your second factor.', { name: actor.name }));
    record(em, actor, 'second-factor.reset', { adminId: admin.id, name: admin.name, factors: before.factors });
  });
}
