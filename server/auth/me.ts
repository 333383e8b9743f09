import type { EntityManager } from '@mikro-orm/postgresql';
import { LockMode, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Admin } from '../admins/Admin.ts';
import { settleAvatars } from '../admins/avatars/settle.ts';
import { shownInLog } from '../admins/present.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { revokeResets } from './revoke-resets.ts';

/** What a person may change of themselves. A field left out stays as it is. */
export interface OwnChanges {
  firstName?: string | undefined;
  lastName?: string | undefined;
  email?: string | undefined;
  avatarSource?: 'gravatar' | 'upload' | 'initials' | undefined;
  signature?: string | undefined;
  privateNotes?: string | undefined;
  theme?: 'system' | 'light' | 'dark' | undefined;
  density?: 'comfortable' | 'compact' | undefined;
  shortcuts?: boolean | undefined;
  rowsPerPage?: number | null | undefined;
  /** It can be put away, and does not come back. */
  gettingStarted?: boolean | undefined;
  language?: string | null | undefined;
  timeZone?: string | null | undefined;
}

const FIELDS = [
  'firstName',
  'lastName',
  'email',
  'avatarSource',
  'signature',
  'privateNotes',
  'theme',
  'density',
  'shortcuts',
  'rowsPerPage',
  'gettingStarted',
  'language',
  'timeZone',
] as const satisfies readonly (keyof OwnChanges)[];

/** The person behind an actor, with their roles. */
export const self = (em: EntityManager, actor: Actor): Promise<Admin> => em.findOneOrFail(Admin, actor.id ?? '', { populate: ['roles'] });

/**
 * Changes one's own account and writes down what was before and after.
 * @param version as it was read; another one since then is a conflict.
 * @throws Problem `conflict` or `email_taken`
 */
export async function changeOwn(em: EntityManager, actor: Actor, version: number, wanted: OwnChanges): Promise<Admin> {
  try {
    return await em.transactional(async em => {
      const admin = await self(em, actor);
      await em.lock(admin, LockMode.OPTIMISTIC, version);
      const before: OwnChanges = admin;
      const given = FIELDS.filter(field => wanted[field] !== undefined && wanted[field] !== before[field]);
      if (given.length === 0) return admin;
      const changes = Object.fromEntries(
        given.map(field => [field, { before: shownInLog(field, before[field]), after: shownInLog(field, wanted[field]) }]),
      );
      Object.assign(before, Object.fromEntries(given.map(field => [field, wanted[field]])));
      if (given.includes('email')) await revokeResets(em, admin.id);
      record(em, actor, 'admin.edited', { adminId: admin.id, name: admin.name, changes });
      await em.flush();
      if ((await settleAvatars(em, admin.id)) > 0) await em.refresh(admin);
      return admin;
    });
  } catch (error) {
    if (error instanceof OptimisticLockError) throw new Problem('conflict');
    if (error instanceof UniqueConstraintViolationException)
      throw new Problem('email_taken', { fields: { email: say('Another admin has this address.') } });
    throw error;
  }
}
