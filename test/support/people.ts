import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { MESSAGE_TYPES } from '#contract/message-types.ts';
import type { Permission } from '#contract/permissions.ts';
import { Admin } from '#server/admins/Admin.ts';
import { Session } from '#server/auth/Session.ts';
import { sessionHash } from '#server/auth/doorkeeper.ts';
import { ensureFirstRows } from '#server/auth/first-run.ts';
import type { Actor } from '#server/platform/actor.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { Role } from '#server/roles/Role.ts';
import { Caller } from './caller.ts';

const HOUR = 3_600_000;
/** Of an installation of its own. */
export const secrets = new Secrets(randomBytes(32));
/** What every installation has from its first start on: the organisation and the first roles. */
export const furnish = (em: EntityManager): Promise<void> => ensureFirstRows(em, secrets);

const unique = (): string => randomBytes(5).toString('hex');

/** A role that grants exactly this. Stored. */
export async function someRole(em: EntityManager, ...permissions: Permission[]): Promise<Role> {
  const role = em.create(Role, { name: `Role ${unique()}`, description: '', permissions, messageTypes: [...MESSAGE_TYPES] });
  await em.flush();
  return role;
}

/** The role that grants everything. Stored. */
export async function superRole(em: EntityManager): Promise<Role> {
  const role = em.create(Role, {
    name: `Full ${unique()}`,
    description: '',
    superadmin: true,
    permissions: [],
    messageTypes: [...MESSAGE_TYPES],
  });
  await em.flush();
  return role;
}

/** An admin with these roles. Stored; has no password, so cannot sign in by one. */
export async function withRoles(em: EntityManager, ...roles: Role[]): Promise<Admin> {
  const username = `u${unique()}`;
  const admin = em.create(Admin, {
    username,
    email: `${username}@northwind.example`,
    firstName: 'Kim',
    lastName: username,
    passwordHash: '',
    roles,
  });
  await em.flush();
  return admin;
}

/** An admin who may do exactly this. Stored. */
export const someone = async (em: EntityManager, ...permissions: Permission[]): Promise<Admin> =>
  withRoles(em, await someRole(em, ...permissions));

/** A Full Administrator. Stored. */
export const superadmin = async (em: EntityManager): Promise<Admin> => withRoles(em, await superRole(em));

/** As commands see that person at work. */
export const actorOf = (admin: Admin): Actor => ({
  kind: 'admin',
  id: admin.id,
  name: admin.name,
  permissions: admin.effective(),
  superadmin: admin.isSuperadmin,
});

/** Somebody who is not signed in. */
export const visitor: Actor = { kind: 'anonymous', name: 'Somebody', permissions: new Set(), superadmin: false, address: '127.0.0.1' };

/** A browser in which that person is signed in; with level `password` half, as if the second factor were still to come. */
export async function browserOf(em: EntityManager, admin: Admin, url: string, level: Session['level'] = 'full'): Promise<Caller> {
  const token = randomBytes(32).toString('base64url');
  em.create(Session, {
    admin,
    tokenHash: sessionHash(token),
    expiresAt: new Date(Date.now() + HOUR),
    idleSeconds: HOUR / 1000,
    kept: false,
    level,
    authEpoch: admin.authEpoch,
    userAgent: 'test',
    address: '127.0.0.1',
  });
  await em.flush();
  const caller = new Caller(url);
  caller.cookies.set('quarterdeck', token);
  return caller;
}
