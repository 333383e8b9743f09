import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Department } from './Department.ts';

/** Whoever changes the order, or what stands in it, waits for whoever does. */
const lockOrder = (em: EntityManager): Promise<unknown> => em.execute(`select pg_advisory_xact_lock(hashtext('quarterdeck:departments'))`);

async function orNameTaken<T>(saving: Promise<T>): Promise<T> {
  try {
    return await saving;
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new Problem('name_taken', { fields: { name: say('Another department has this name.') } });
  }
}

/** Adds a department at the end of the order. @throws Problem `name_taken` */
export function addDepartment(em: EntityManager, actor: Actor, input: { name: string; description: string }): Promise<Department> {
  return orNameTaken(
    em.transactional(async em => {
      await lockOrder(em);
      const position = await em.count(Department);
      const department = em.create(Department, { ...input, position });
      record(em, actor, 'department.added', { departmentId: department.id, department: department.name });
      return department;
    }),
  );
}

async function lockDepartment(em: EntityManager, id: string): Promise<Department> {
  const department = await em.findOne(Department, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!department) throw new Problem('not_found');
  return department;
}

/**
 * Changes name or description. What is already so is no change.
 * @throws Problem `not_found`, `conflict`, `name_taken`
 */
export function editDepartment(
  em: EntityManager,
  actor: Actor,
  id: string,
  { version, ...wanted }: { version: number; name?: string | undefined; description?: string | undefined },
): Promise<void> {
  return orNameTaken(
    em.transactional(async em => {
      const department = await lockDepartment(em, id);
      if (department.version !== version) throw new Problem('conflict');
      const changes: Record<string, { before: string; after: string }> = {};
      for (const field of ['name', 'description'] as const) {
        const after = wanted[field];
        if (after === undefined || after === department[field]) continue;
        changes[field] = { before: department[field], after };
        department[field] = after;
      }
      if (Object.keys(changes).length > 0)
        record(em, actor, 'department.edited', { departmentId: id, department: department.name, changes });
    }),
  );
}

/** Lets a department and its neighbour change places; at the end of the list nothing happens. @throws Problem `not_found` */
export async function moveDepartment(em: EntityManager, actor: Actor, id: string, to: 'up' | 'down'): Promise<void> {
  await em.transactional(async em => {
    await lockOrder(em);
    const all = await em.find(Department, {}, { orderBy: { position: 'asc', id: 'asc' } });
    const at = all.findIndex(department => department.id === id);
    const moved = all[at];
    if (!moved) throw new Problem('not_found');
    const neighbour = all[to === 'up' ? at - 1 : at + 1];
    if (!neighbour) return;
    // not through the entities: where it stands is no part of what two editors may be at odds about
    const place = (department: Department, position: number): Promise<unknown> =>
      em.execute('update department set position = ? where id = ?', [position, department.id]);
    await place(moved, neighbour.position);
    await place(neighbour, moved.position);
    const changes = { position: { before: moved.position + 1, after: neighbour.position + 1 } };
    record(em, actor, 'department.edited', { departmentId: id, department: moved.name, changes });
  });
}

/**
 * Deletes a department. Members and invitations lose it with the row; the places after it move up.
 * @returns how many lost it
 * @throws Problem `not_found`
 */
export function deleteDepartment(em: EntityManager, actor: Actor, id: string): Promise<{ members: number; invitations: number }> {
  return em.transactional(async em => {
    await lockOrder(em);
    const { name, position } = await lockDepartment(em, id);
    const [lost] = await em.execute<{ members: number; invitations: number }[]>(
      `select (select count(*)::int from department_member dm join admin a on a.id = dm.admin_id
                where dm.department_id = ? and a.disabled_at is null) as members,
              (select count(*)::int from invitation_department i join invitation v on v.id = i.invitation_id
                where i.department_id = ? and v.state in ('pending', 'expired')) as invitations`,
      [id, id],
    );
    if (!lost) throw new Error('a count without a row');
    await em.nativeDelete(Department, { id });
    await em.execute('update department set position = position - 1 where position > ?', [position]);
    record(em, actor, 'department.deleted', { departmentId: id, department: name, members: lost.members });
    return lost;
  });
}
