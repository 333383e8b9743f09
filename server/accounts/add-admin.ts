import type { EntityManager } from '@mikro-orm/postgresql';
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { addAdmin as endpoint } from '#contract/admins.ts';
import { Admin } from '../admins/Admin.ts';
import { chooseDepartments } from '../departments/choose-departments.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { lockRights } from '../roles/lock.ts';
import { settleSecondFactor } from '../roles/rights.ts';
import { say } from '../words/say.ts';
import { demandGrantable, rolesById } from './choose-roles.ts';
import { orTaken } from './conflicts.ts';
import { actorNow } from './lock-account.ts';

/** Without what is easily mistaken for something else. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP = 4;

/** A password to be read out once and replaced at the first sign-in: 20 characters of 31, which is 99 bits. */
export const temporaryPassword = (): string =>
  Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')).join('-');

type Input = Omit<z.output<NonNullable<typeof endpoint.body>>, 'password'> & { passwordHash: string };

/** An open invitation would lead its holder to a link that cannot be used. */
async function demandNotInvited(em: EntityManager, email: string): Promise<void> {
  const open = await em.execute<unknown[]>(
    `select 1 from invitation where lower(email) = lower(?) and state = 'pending' and expires_at > now()`,
    [email],
  );
  if (open.length === 0) return;
  const detail = say('This address has an open invitation. Revoke that first, or wait until it is accepted.');
  throw new Problem('already_invited', { detail, fields: { email: detail } });
}

/**
 * Adds an admin whose password somebody else chose: nothing opens for them before they have chosen one of their own.
 * @throws Problem `beyond_your_rights`, `username_taken`, `email_taken`, `already_invited`, `forbidden` for notes one may not write,
 *   or `invalid` for a role or department that is gone
 */
export async function addAdmin(em: EntityManager, by: Actor, { roleIds, departments, disabled, ...account }: Input): Promise<Admin> {
  const adding = em.transactional(async em => {
    await lockRights(em);
    const actor = await actorNow(em, by, 'admins.edit');
    if (account.privateNotes !== undefined && !actor.superadmin)
      throw new Problem('forbidden', { detail: say('Only Full Administrators write private notes about others.') });
    const roles = await rolesById(em, roleIds);
    demandGrantable(actor, roles);
    await demandNotInvited(em, account.email);
    const now = await databaseNow(em);
    const admin = em.create(Admin, {
      ...account,
      privateNotes: account.privateNotes ?? '',
      roles,
      mustChangePassword: true,
      ...(disabled && { disabledAt: now, disabledBy: actor.name }),
    });
    const named = { adminId: admin.id, name: admin.name };
    const names = roles.map(({ name }) => name);
    record(em, actor, 'admin.added', { ...named, email: admin.email, username: admin.username, roles: names });
    if (disabled) record(em, actor, 'admin.disabled', { ...named, sessions: 0 });
    await em.flush();
    await chooseDepartments(em, actor, admin, departments);
    await settleSecondFactor(em, [admin.id]);
    return admin;
  });
  return orTaken(adding);
}
