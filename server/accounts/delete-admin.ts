import { type EntityManager, ForeignKeyConstraintViolationException } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { lockAccount } from './lock-account.ts';

const REFERENCES: [table: string, column: string, one: string, many: string][] = [
  ['rule', 'owner_id', 'notification rule', 'notification rules'],
  ['invitation', 'invited_by_id', 'invitation they sent', 'invitations they sent'],
  ['api_key', 'owner_id', 'API key', 'API keys'],
  ['todo', 'added_by_id', 'to-do they added for others', 'to-dos they added for others'],
  ['provider_activation', 'activated_by_id', 'provider they set up', 'providers they set up'],
];
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What still names a person, in words; deleted rules and closed invitations too, since what came of them is still shown. */
async function referencesTo(em: EntityManager, adminId: string): Promise<string[]> {
  const counts = await em.execute<Record<string, number>[]>(
    `select ${REFERENCES.map(([table, column]) => `(select count(*)::int from ${table} where ${column} = ?) as ${table}`).join(', ')}`,
    REFERENCES.map(() => adminId),
  );
  return REFERENCES.flatMap(([table, , one, many]) => {
    const count = counts[0]?.[table] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
}

/**
 * Deletes a disabled account that nothing refers to any more, and the to-dos that were the person's alone. The activity log keeps the name.
 * @throws Problem `not_found`, `not_yourself`, `stronger_than_you`, or `in_use` that names what stands in the way
 */
export async function deleteAdmin(em: EntityManager, by: Actor, id: string): Promise<void> {
  try {
    await em.transactional(async em => {
      const { actor, target } = await lockAccount(em, by, id, 'admins.disable');
      if (target.id === actor.id) throw new Problem('not_yourself', { detail: 'You cannot delete your own account.' });
      if (!target.disabledAt)
        throw new Problem('in_use', { detail: `${target.name} can still sign in. Only a disabled account can be deleted.` });
      // nobody else sees these, so nobody else could delete them first
      await em.execute('delete from todo where assignee_id = ? and not shared', [id]);
      const references = await referencesTo(em, id);
      if (references.length > 0)
        throw new Problem('in_use', {
          detail: `${list.format(references)} still ${references.length > 1 || !references[0]?.startsWith('1 ') ? 'refer' : 'refers'} to ${target.name}, so the account stays disabled instead.`,
        });
      record(em, actor, 'admin.deleted', { adminId: id, name: target.name, username: target.username });
      em.remove(target);
    });
  } catch (error) {
    if (error instanceof ForeignKeyConstraintViolationException) throw new Problem('in_use', {}, { cause: error });
    throw error;
  }
}
