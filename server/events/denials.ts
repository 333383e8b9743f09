import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from './record.ts';

/** Writes into the log that somebody was kept from something. @param route such as `GET /queues` */
export async function recordDenial(em: EntityManager, actor: Actor, permission: Permission, route: string): Promise<void> {
  record(em, actor, 'permission.denied', { permission, route });
  await em.flush();
}
