import type { EntityManager } from '@mikro-orm/postgresql';
import type { Arrangement } from '#contract/layout.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { holdRights } from '../roles/lock.ts';
import { Role } from '../roles/Role.ts';
import { say } from '../words/say.ts';

/** Nobody but the first saves at version 0, and only at the latest version afterwards. */
const SAVE = `
  insert into own_layout (admin_id, arrangement, version) select ?, ?::jsonb, 1 where ? = 0
  on conflict (admin_id) do nothing returning version`;
const CHANGE = `
  update own_layout set arrangement = ?::jsonb, version = version + 1, changed_at = now()
   where admin_id = ? and version = ? returning version`;

/**
 * Arranges somebody's own dashboard.
 * @param wanted `version` is the one that was read
 * @returns the new version @throws Problem `conflict` when another tab was faster
 */
export async function saveLayout(em: EntityManager, adminId: string, wanted: Arrangement & { version: number }): Promise<number> {
  const { version, ...arrangement } = wanted;
  const text = JSON.stringify(arrangement);
  const [saved] =
    version === 0
      ? await em.execute<{ version: number }[]>(SAVE, [adminId, text, version])
      : await em.execute<{ version: number }[]>(CHANGE, [text, adminId, version]);
  if (!saved) throw new Problem('conflict', { detail: say('Your dashboard was arranged in another tab meanwhile.') });
  return saved.version;
}

/** Gives an own arrangement up: the defaults of the roles hold again. Twice is no mistake. */
export async function resetLayout(em: EntityManager, adminId: string): Promise<void> {
  await em.execute(
    'update own_layout set arrangement = null, version = version + 1, changed_at = now() where admin_id = ? and arrangement is not null',
    [adminId],
  );
}

/** A default is everybody's who holds the role: only a superadmin sets one. @throws Problem `forbidden`, `not_found` */
async function roleFor(em: EntityManager, actor: Actor, roleId: string): Promise<Role> {
  if (!actor.superadmin) throw new Problem('forbidden', { detail: say('Only a Full Administrator publishes default dashboards.') });
  await holdRights(em); // a role that is being deleted gets none
  const role = await em.findOne(Role, roleId);
  if (!role) throw new Problem('not_found');
  return role;
}

/** Publishes an arrangement as the default of a role. @throws Problem `forbidden`, `not_found` */
export const publishDefault = (em: EntityManager, actor: Actor, roleId: string, arrangement: Arrangement): Promise<void> =>
  em.transactional(async em => {
    const role = await roleFor(em, actor, roleId);
    await em.execute(
      `insert into default_layout (role_id, arrangement, published_by) values (?, ?::jsonb, ?)
       on conflict (role_id) do update set arrangement = excluded.arrangement, published_by = excluded.published_by, published_at = now()`,
      [role.id, JSON.stringify(arrangement), actor.name],
    );
    record(em, actor, 'dashboard.published', {
      roleId: role.id,
      role: role.name,
      shown: arrangement.shown.map(({ id }) => id),
      hidden: arrangement.hidden,
    });
  });

/** Withdraws the default of a role; where there is none nothing happens. @throws Problem `forbidden`, `not_found` */
export const withdrawDefault = (em: EntityManager, actor: Actor, roleId: string): Promise<void> =>
  em.transactional(async em => {
    const role = await roleFor(em, actor, roleId);
    const gone = await em.execute<{ role_id: string }[]>('delete from default_layout where role_id = ? returning role_id', [role.id]);
    if (gone.length > 0) record(em, actor, 'dashboard.withdrawn', { roleId: role.id, role: role.name });
  });
