import { type EntityManager, ForeignKeyConstraintViolationException } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { lockAccount } from './lock-account.ts';
import { listed } from '../words/moments.ts';

const REFERENCES: [table: string, column: string, count: (count: number) => string][] = [
  ['rule', 'owner_id', count => (count === 1 ? say('1 notification rule') : say('{count} notification rules', { count }))],
  ['invitation', 'invited_by_id', count => (count === 1 ? say('1 invitation they sent') : say('{count} invitations they sent', { count }))],
  ['api_key', 'owner_id', count => (count === 1 ? say('1 API key') : say('{count} API keys', { count }))],
  [
    'todo',
    'added_by_id',
    count => (count === 1 ? say('1 to-do they added for others') : say('{count} to-dos they added for others', { count })),
  ],
  [
    'provider_activation',
    'activated_by_id',
    count => (count === 1 ? say('1 provider they set up') : say('{count} providers they set up', { count })),
  ],
];

/** What still names a person, in words; deleted rules and closed invitations too, since what came of them is still shown. */
async function referencesTo(em: EntityManager, adminId: string): Promise<{ said: string[]; single: boolean }> {
  const counts = await em.execute<Record<string, number>[]>(
    `select ${REFERENCES.map(([table, column]) => `(select count(*)::int from ${table} where ${column} = ?) as ${table}`).join(', ')}`,
    REFERENCES.map(() => adminId),
  );
  const found = REFERENCES.map(([table, , inWords]) => ({ count: counts[0]?.[table] ?? 0, inWords })).filter(({ count }) => count > 0);
  return { said: found.map(({ count, inWords }) => inWords(count)), single: found.length === 1 && found[0]?.count === 1 };
}

/**
 * Deletes a disabled account that nothing refers to any more, and the to-dos that were the person's alone. The activity log keeps the name.
 * @throws Problem `not_found`, `not_yourself`, `stronger_than_you`, or `in_use` that names what stands in the way
 */
export async function deleteAdmin(em: EntityManager, by: Actor, id: string): Promise<void> {
  try {
    await em.transactional(async em => {
      const { actor, target } = await lockAccount(em, by, id, 'admins.disable');
      if (target.id === actor.id) throw new Problem('not_yourself', { detail: say('You cannot delete your own account.') });
      if (!target.disabledAt)
        throw new Problem('in_use', {
          detail: say('{name} can still sign in. Only a disabled account can be deleted.', { name: target.name }),
        });
      // nobody else sees these, so nobody else could delete them first
      await em.execute('delete from todo where assignee_id = ? and not shared', [id]);
      const { said, single } = await referencesTo(em, id);
      if (said.length > 0) {
        const values = { references: listed(said), name: target.name };
        throw new Problem('in_use', {
          detail: single
            ? say('{references} still refers to {name}, so the account stays disabled instead.', values)
            : say('{references} still refer to {name}, so the account stays disabled instead.', values),
        });
      }
      record(em, actor, 'admin.deleted', { adminId: id, name: target.name, username: target.username });
      em.remove(target);
    });
  } catch (error) {
    if (error instanceof ForeignKeyConstraintViolationException) throw new Problem('in_use', {}, { cause: error });
    throw error;
  }
}
