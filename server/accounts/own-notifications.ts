import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { OwnNotifications, changeOwnNotifications as endpoint } from '#contract/own-notifications.ts';
import { Admin } from '../admins/Admin.ts';
import { messageSwitches } from '../admins/message-types.ts';
import { chooseDepartment } from '../departments/choose-departments.ts';
import { departmentsOf } from '../departments/queries.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';

type Change = z.output<NonNullable<typeof endpoint.body>>;

/** What a person hears of. */
export async function ownNotifications(em: EntityManager, adminId: string): Promise<OwnNotifications> {
  const [row] = await em.execute<{ version: number }[]>('select version from admin where id = ?', [adminId]);
  if (!row) throw new Problem('not_found');
  return {
    departments: (await departmentsOf(em, adminId)).map(({ id, name, ticketNotifications }) => ({ id, name, ticketNotifications })),
    messageTypes: (await messageSwitches(em, adminId)).map(({ type, wanted, roles }) => ({ type, wanted, roles })),
    version: row.version,
  };
}

/**
 * Turns switches of one's own, one change after the other: each is a choice by itself, so nothing of others' doing is lost.
 * @throws Problem `not_found` for a department one does not belong to
 */
export function changeOwnNotifications(em: EntityManager, actor: Actor, { department, messageType }: Change): Promise<OwnNotifications> {
  return em.transactional(async em => {
    const admin = await em.findOneOrFail(Admin, actor.id ?? '', { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (department && !(await departmentsOf(em, admin.id)).some(({ id }) => id === department.id)) throw new Problem('not_found');
    if (messageType) {
      const before = [...admin.messageTypesOff];
      const others = before.filter(type => type !== messageType.type);
      const after = messageType.wanted ? others : [...others, messageType.type];
      if (after.length !== before.length) {
        admin.messageTypesOff = after;
        record(em, actor, 'admin.edited', { adminId: admin.id, name: admin.name, changes: { messageTypesOff: { before, after } } });
        await em.flush();
      }
    }
    if (department) await chooseDepartment(em, actor, admin, department);
    return ownNotifications(em, admin.id);
  });
}
