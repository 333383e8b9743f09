import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { type Permission, isPermission, right } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { giversOf } from '../roles/givers.ts';
import { say } from '../words/say.ts';
import { askedSince } from './queries.ts';
import { rightLabel } from '../words/rights.ts';

export interface Asked {
  at: Date;
  first: boolean;
  people: string[];
}

/**
 * Somebody asks for a right: once a day, however often they press. It changes nothing by itself; the event tells those who can.
 * @throws Problem `conflict` for one that is held already, `invalid` for one that does not exist
 */
export async function askFor(em: EntityManager, actor: Actor, permission: string): Promise<Asked> {
  if (!isPermission(permission)) throw invalid('permission', say('There is no such right.'));
  if (actor.permissions.has(permission))
    throw new Problem('conflict', { detail: say('You hold {label} already.', { label: rightLabel(permission) }) });
  const people = (await giversOf(em, permission, actor)).map(({ name }) => name);
  return em.transactional(async em => {
    // whoever presses twice at once waits for themselves
    const admin = await em.findOneOrFail(Admin, actor.id ?? '', { lockMode: LockMode.PESSIMISTIC_WRITE });
    const before = await askedSince(em, admin.id, permission);
    if (before) return { at: before, first: false, people };
    record(em, actor, 'rights.asked-for', { adminId: admin.id, name: admin.name, permission, label: labelOf(permission) });
    return { at: await databaseNow(em), first: true, people };
  });
}
const labelOf = (permission: Permission): string => right(permission).label;
