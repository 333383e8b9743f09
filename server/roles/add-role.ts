import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Role } from './Role.ts';
import { type RoleSettings, normal } from './change.ts';
import { lockRights } from './lock.ts';
import { demandHeld, editorNow, orNameTaken } from './open-role.ts';

/** @throws Problem `forbidden`, `beyond_your_rights`, `name_taken` */
export function addRole(em: EntityManager, actor: Actor, wanted: RoleSettings): Promise<Role> {
  const adding = em.transactional(async em => {
    await lockRights(em);
    const editor = await editorNow(em, actor);
    const settings = normal(wanted);
    demandHeld(editor, { ...settings, superadmin: false }, 'permissions');
    const role = em.create(Role, { ...settings, changedAt: await databaseNow(em), changedBy: actor.name });
    await em.flush();
    record(em, actor, 'role.added', { roleId: role.id, role: role.name, permissions: settings.permissions });
    return role;
  });
  return orNameTaken(adding);
}
