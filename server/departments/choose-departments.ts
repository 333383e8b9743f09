import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { DepartmentChoice } from '#contract/departments.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Department, DepartmentMember } from './Department.ts';
import { type Membership, departmentsOf } from './queries.ts';

const inWords = (memberships: readonly Membership[]): Record<string, string> =>
  Object.fromEntries(
    memberships.map(({ name, ticketNotifications }) => [name, ticketNotifications ? 'with ticket notifications' : 'without']),
  );

/** Writes down what somebody's departments were and are; what is as it was is no event. */
function recordChange(em: EntityManager, actor: Actor, admin: Admin, before: readonly Membership[], after: readonly Membership[]): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  record(em, actor, 'admin.departments-changed', {
    adminId: admin.id,
    name: admin.name,
    departments: after.map(({ name }) => name),
    changes: { departments: { before: inWords(before), after: inWords(after) } },
  });
  return true;
}

/**
 * Makes these the departments of a person, in the caller's transaction. Whether the actor may is for the caller to ask.
 * Two at once on one person come one after the other.
 * @returns whether anything changed
 * @throws Problem `invalid` (field `departments`) for a department that is gone
 */
export async function chooseDepartments(
  em: EntityManager,
  actor: Actor,
  admin: Admin,
  choices: readonly DepartmentChoice[],
): Promise<boolean> {
  await em.lock(admin, LockMode.PESSIMISTIC_WRITE);
  const before = await departmentsOf(em, admin.id);
  const ids = choices.map(({ id }) => id);
  // held, so that none is deleted between the look and the insert
  const found = await em.find(Department, { id: { $in: ids } }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (found.length < ids.length) throw invalid('departments', say('One of these departments does not exist any more.'));
  await em.nativeDelete(DepartmentMember, { admin: admin.id, department: { $nin: ids } });
  if (choices.length > 0)
    await em.upsertMany(
      DepartmentMember,
      choices.map(({ id, ticketNotifications }) => ({ department: id, admin: admin.id, ticketNotifications })),
    );
  return recordChange(em, actor, admin, before, await departmentsOf(em, admin.id));
}

/**
 * Changes one department of a person and leaves the others. `undefined` takes them out of it. See `chooseDepartments`.
 * @param admin not changed afterwards in this transaction: their row gets a new version, of which `admin` does not know
 */
export async function chooseDepartment(
  em: EntityManager,
  actor: Actor,
  admin: Admin,
  { id, ticketNotifications }: { id: string; ticketNotifications: boolean | undefined },
): Promise<boolean> {
  await em.lock(admin, LockMode.PESSIMISTIC_WRITE);
  const others = (await departmentsOf(em, admin.id)).filter(membership => membership.id !== id);
  const chosen = ticketNotifications === undefined ? others : [...others, { id, ticketNotifications }];
  const changed = await chooseDepartments(em, actor, admin, chosen);
  // it does not stand in the account's own row, by which whoever edits the account sees that it is not what they loaded
  if (changed) await em.execute('update admin set version = version + 1 where id = ?', [admin.id]);
  return changed;
}
