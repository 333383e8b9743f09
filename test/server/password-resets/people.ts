import type { EntityManager } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { PasswordReset } from '#server/auth/PasswordReset.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { resetLink } from '#server/password-resets/link.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { KEY, PASSWORD } from '../../support/app.ts';
import { someone } from '../../support/people.ts';

const secrets = new Secrets(Buffer.from(KEY, 'base64'));
export const NEXT = 'a longer horse, and more staples';

/** An admin who can sign in with `PASSWORD`. Stored. */
export async function member(em: EntityManager): Promise<Admin> {
  const admin = await someone(em, 'dashboard.view');
  admin.passwordHash = await hashPassword(secrets, PASSWORD);
  await em.flush();
  return admin;
}

/** The token of the newest link of a person, as the mail carries it. */
export async function newestToken(em: EntityManager, adminId: string): Promise<string> {
  const [reset] = await em.find(PasswordReset, { admin: adminId }, { orderBy: { id: 'desc' }, limit: 1, disableIdentityMap: true });
  return resetLink.urlOf(secrets, '', reset ?? expect.fail('there is no link'))?.split('#')[1] ?? '';
}
