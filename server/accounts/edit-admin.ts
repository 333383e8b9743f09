import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { editAdmin as endpoint } from '#contract/admins.ts';
import type { Admin } from '../admins/Admin.ts';
import { settleAvatars } from '../admins/avatars/settle.ts';
import { readsNotesOf, shownInLog } from '../admins/present.ts';
import { chooseDepartments } from '../departments/choose-departments.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { chooseRoles } from './choose-roles.ts';
import { changedMeanwhile, orTaken } from './conflicts.ts';
import { revokeResets } from '../auth/revoke-resets.ts';
import { say } from '../words/say.ts';
import { lockAccount } from './lock-account.ts';

type Input = z.output<NonNullable<typeof endpoint.body>>;
type Fields = Omit<Input, 'version' | 'roleIds' | 'departments'>;

const FIELDS = ['username', 'email', 'firstName', 'lastName', 'language', 'signature', 'privateNotes'] as const satisfies (keyof Fields)[];

/** Changes what stands on the account itself. */
async function changeFields(em: EntityManager, actor: Actor, target: Admin, wanted: Fields): Promise<void> {
  const before: Record<(typeof FIELDS)[number], unknown> = target;
  const given = FIELDS.filter(field => wanted[field] !== undefined && wanted[field] !== (before[field] ?? null));
  if (given.length === 0) return;
  const changes = Object.fromEntries(
    given.map(field => [field, { before: shownInLog(field, before[field] ?? null), after: shownInLog(field, wanted[field]) }]),
  );
  em.assign(target, Object.fromEntries(given.map(field => [field, wanted[field]])));
  record(em, actor, 'admin.edited', { adminId: target.id, name: target.name, changes });
  if (given.includes('email')) await revokeResets(em, target.id);
}

/**
 * Changes an account and writes down what was before and after. What is as it was is no change.
 * @throws Problem `not_found`, `conflict`, `stronger_than_you`, `not_yourself` (own roles), `beyond_your_rights`, `last_superadmin`,
 *   `username_taken`, `email_taken`, `forbidden` for notes one may not see, or `invalid`
 */
export async function editAdmin(em: EntityManager, by: Actor, id: string, input: Input): Promise<void> {
  const { version, roleIds, departments, ...fields } = input;
  const editing = em.transactional(async em => {
    const { actor, target } = await lockAccount(em, by, id, 'admins.edit');
    if (target.version !== version) throw await changedMeanwhile(em, id);
    if (fields.privateNotes !== undefined && !readsNotesOf(actor, id))
      throw new Problem('forbidden', { detail: say('Private notes are for the person and for Full Administrators.') });
    await changeFields(em, actor, target, fields);
    const reroled = roleIds ? await chooseRoles(em, actor, target, roleIds) : false;
    await em.flush();
    const moved = departments ? await chooseDepartments(em, actor, target, departments) : false;
    // neither stands in the account's own row, by which others would see that it is not what they loaded
    if ((reroled || moved) && target.version === version)
      await em.execute('update admin set version = version + 1 where id = ? and version = ?', [id, version]);
    if (fields.email !== undefined) await settleAvatars(em, id);
  });
  await orTaken(editing);
}
