import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { type Permission } from '#contract/permissions.ts';
import type { RoleLock } from '#contract/roles.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { type Grants, Role, effectiveOf } from './Role.ts';
import { explainDenial } from './explain.ts';
import { canManage, lackedBy, lockOf } from './policy.ts';
import { holdersOf } from './queries.ts';
import { type Held, rightsOf } from './rights.ts';
import { listed } from '../words/moments.ts';
import { rightLabel } from '../words/rights.ts';

/** A role that somebody may change, with everybody who holds it. */
export interface OpenRole {
  role: Role;
  /** Disabled ones included. */
  holders: Held[];
  editor: Held;
}

/**
 * Whoever changes roles, with what they hold at this moment: what the door knew of them may be a second old.
 * @throws Problem `forbidden`
 */
export async function editorNow(em: EntityManager, actor: Actor): Promise<Held> {
  const { id } = actor;
  const editor = id === undefined ? undefined : (await rightsOf(em, [id])).get(id);
  if (!editor || editor.disabled || !editor.permissions.has('roles.edit'))
    throw new Problem('forbidden', { missing: await explainDenial(em, 'roles.edit', actor) });
  return editor;
}

const labels = (permissions: readonly Permission[]): string => listed(permissions.map(rightLabel));

/** @throws Problem `beyond_your_rights` that names what the editor lacks, at the field that asked for it */
export function demandHeld(editor: Held, granted: Grants, field: string): void {
  const lacked = lackedBy(editor, effectiveOf([granted]));
  if (lacked.length === 0 && (editor.superadmin || !granted.superadmin)) return;
  const detail =
    lacked.length > 0
      ? say('Nobody grants what they do not hold. You do not hold {lacked}.', { lacked: labels(lacked) })
      : say('Only a Full Administrator makes another one.');
  throw new Problem('beyond_your_rights', { detail, fields: { [field]: detail } });
}

function refusalOf(lock: RoleLock, { role, holders, editor }: OpenRole): Problem {
  switch (lock) {
    case 'built_in':
      return new Problem('built_in');
    case 'no_right':
      return new Problem('forbidden');
    case 'your_own':
      return new Problem('not_yourself', { detail: say('You hold this role yourself. Somebody else has to change it.') });
    case 'beyond_your_rights':
      return new Problem('beyond_your_rights', {
        detail: say('{name} grants more than you hold: {effective}.', {
          name: role.name,
          effective: labels(lackedBy(editor, role.effective())),
        }),
      });
    case 'held_by_stronger': {
      const stronger = holders.filter(holder => !canManage(editor, holder)).map(({ name }) => name);
      return new Problem('stronger_than_you', {
        detail:
          stronger.length === 1
            ? say('{names} holds this role and more than you do.', { names: listed(stronger) })
            : say('{names} hold this role and more than you do.', { names: listed(stronger) }),
      });
    }
  }
}

/**
 * The role as it is now, for whoever may change it. To change it, `lockRights` comes first.
 * @throws Problem `forbidden`, `not_found`, `built_in`, `not_yourself`, `beyond_your_rights`, `stronger_than_you`, `conflict`
 */
export async function openRole(em: EntityManager, actor: Actor, id: string, version: number): Promise<OpenRole> {
  const editor = await editorNow(em, actor);
  const role = await em.findOne(Role, id);
  if (!role) throw new Problem('not_found');
  const open = { role, editor, holders: await holdersOf(em, id) };
  const lock = lockOf(editor, role, open.holders);
  if (lock) throw refusalOf(lock, open);
  if (role.version !== version)
    throw new Problem(
      'conflict',
      role.changedBy ? { detail: say('{changedBy} changed this role in the meantime.', { changedBy: role.changedBy }) } : {},
    );
  return open;
}

/** The unique index decides who of two got a name. @throws Problem `name_taken` */
export async function orNameTaken<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && 'constraint' in error && error.constraint === 'role_name_unique')
      throw new Problem('name_taken', { fields: { name: say('Another role has this name.') } }, { cause: error });
    throw error;
  }
}
