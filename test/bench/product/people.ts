import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { Admin } from '#server/admins/Admin.ts';
import { Session } from '#server/auth/Session.ts';
import { sessionHash } from '#server/auth/doorkeeper.ts';
import { Role } from '#server/roles/Role.ts';

const HOUR = 3_600_000;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/**
 * Makes so many staff accounts with a login session each, as if they had signed in. Nobody can sign in as one of them: they have no password.
 * @returns their cookies, as a request carries them.
 */
export async function signInPeople(orm: MikroORM, count: number, permissions: readonly Permission[]): Promise<string[]> {
  const em = orm.em.fork();
  const role = em.create(Role, { name: `Bench ${randomBytes(4).toString('hex')}`, description: '', permissions: [...permissions] });
  const expiresAt = new Date(Date.now() + HOUR);
  const cookies = Array.from({ length: count }, (_, index) => {
    const username = `p${randomBytes(6).toString('hex')}`;
    const admin = em.create(Admin, {
      username,
      email: `${username}@example.com`,
      firstName: 'Person',
      lastName: String(index),
      passwordHash: '',
      roles: [role],
    });
    const token = randomBytes(32).toString('base64url');
    em.create(Session, {
      admin,
      tokenHash: sessionHash(token),
      expiresAt,
      idleSeconds: 1800,
      kept: false,
      authEpoch: 1,
      userAgent: BROWSER,
      address: '127.0.0.1',
    });
    return `quarterdeck=${token}`;
  });
  await em.flush();
  return cookies;
}
