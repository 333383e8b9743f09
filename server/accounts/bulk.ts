import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { departmentsOf } from '../departments/queries.ts';
import type { DepartmentChoice } from '#contract/departments.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { disableAdmin } from './disable-admin.ts';
import { editAdmin } from './edit-admin.ts';

/** What became of one account. */
export interface Outcome {
  id: string;
  name: string;
  done: boolean;
  reason?: string;
}

/** Does the same to several accounts, each in a transaction of its own: what one is refused, no other pays for. */
async function toEach(
  em: EntityManager,
  ids: readonly string[],
  deed: (em: EntityManager, admin: Admin) => Promise<unknown>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const id of ids) {
    const own = em.fork();
    const admin = await own.findOne(Admin, id, { populate: ['roles'] });
    const named = { id, name: admin?.name ?? '' };
    try {
      if (!admin) throw new Problem('not_found');
      await deed(em.fork(), admin);
      outcomes.push({ ...named, done: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      outcomes.push({ ...named, done: false, reason: error.message });
    }
  }
  return outcomes;
}

export interface BulkEdit {
  ids: readonly string[];
  addRoles: readonly string[];
  removeRoles: readonly string[];
  addDepartments: readonly DepartmentChoice[];
  removeDepartments: readonly string[];
}

/** Gives and takes roles and departments. Nobody is left without a role. */
export const editAdmins = (em: EntityManager, actor: Actor, input: BulkEdit): Promise<Outcome[]> =>
  toEach(em, input.ids, async (em, admin) => {
    const { addRoles, removeRoles, addDepartments, removeDepartments } = input;
    const held = admin.roles.getItems().map(({ id }) => id);
    const roleIds = [...new Set([...held, ...addRoles])].filter(id => !removeRoles.includes(id));
    if (roleIds.length === 0) throw new Problem('invalid', { detail: say('{name} would be left without a role.', { name: admin.name }) });
    const left = new Set([...removeDepartments, ...addDepartments.map(({ id }) => id)]);
    const memberships = (await departmentsOf(em, admin.id)).filter(({ id }) => !left.has(id));
    const departments = [...memberships.map(({ id, ticketNotifications }) => ({ id, ticketNotifications })), ...addDepartments];
    await editAdmin(em, actor, admin.id, {
      version: admin.version,
      ...(addRoles.length + removeRoles.length > 0 && { roleIds }),
      ...(left.size > 0 && { departments }),
    });
  });

/** Disables; nothing is handed over. */
export const disableAdmins = (em: EntityManager, actor: Actor, ids: readonly string[]): Promise<Outcome[]> =>
  toEach(em, ids, (em, admin) => disableAdmin(em, actor, admin.id));
