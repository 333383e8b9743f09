import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash, randomBytes } from 'node:crypto';
import { PERMISSIONS, type Permission, SCOPES, type Scope } from '#contract/permissions.ts';
import type { Admin } from '#server/admins/Admin.ts';
import { ApiKey } from '#server/auth/ApiKey.ts';
import { Session } from '#server/auth/Session.ts';
import { sessionHash } from '#server/auth/doorkeeper.ts';
import { someRole, someone, superRole, superadmin, withRoles } from '../../support/people.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const soon = (): Date => new Date(Date.now() + HOUR);
const ago = (ms: number): Date => new Date(Date.now() - ms);

type SessionState = Partial<Pick<Session, 'level' | 'confirmedAt' | 'endedAt' | 'expiresAt' | 'lastSeenAt' | 'authEpoch'>>;

/** Somebody, or something, that knocks. */
export interface Knocker {
  /** As the reviewed file calls it. */
  name: string;
  /** Those of a kind are gathered where many of them are answered alike. */
  kind?: 'dead session' | 'dead key' | 'right' | 'key';
  /** Each with a session of its own, so that no cell is answered by what another one did. */
  session?: { admin: Admin; state: SessionState };
  cookie?: string;
  key?: string;
}

/** A new session of theirs, to be flushed with others. @returns its cookie; empty for those that have none */
export function openSession(em: EntityManager, { session, cookie = '' }: Knocker): string {
  if (!session) return cookie;
  const token = randomBytes(32).toString('base64url');
  em.create(Session, {
    admin: session.admin.id,
    tokenHash: sessionHash(token),
    expiresAt: soon(),
    idleSeconds: HOUR / 1000,
    kept: false,
    authEpoch: session.admin.authEpoch,
    userAgent: 'test',
    address: '127.0.0.1',
    ...session.state,
  });
  return token;
}

/** A key as the database has it after it was made. @returns the key as a program shows it */
async function keyOf(
  em: EntityManager,
  owner: Admin,
  scopes: readonly Scope[],
  state: Partial<Pick<ApiKey, 'expiresAt' | 'revokedAt'>> = {},
): Promise<string> {
  const secret = `qd_${randomBytes(32).toString('base64url')}`;
  const keyHash = createHash('sha256').update(secret).digest();
  em.create(ApiKey, { name: 'Matrix', keyHash, endsIn: secret.slice(-4), scopes: [...scopes], owner, expiresAt: soon(), ...state });
  await em.flush();
  return secret;
}

async function keys(em: EntityManager, boss: Admin): Promise<Knocker[]> {
  const dead = 'dead key';
  const idle = await someone(em, 'dashboard.view');
  const disabled = await superadmin(em);
  disabled.disabledAt = ago(MINUTE);
  await em.flush();
  const scoped = SCOPES.map(async scope => ({ name: `key ${scope}`, kind: 'key' as const, key: await keyOf(em.fork(), boss, [scope]) }));
  return [
    ...(await Promise.all(scoped)),
    { name: 'key of somebody who lost the right', key: await keyOf(em, idle, SCOPES) },
    { name: 'key of somebody disabled', kind: dead, key: await keyOf(em, disabled, SCOPES) },
    { name: 'expired key', kind: dead, key: await keyOf(em, boss, SCOPES, { expiresAt: ago(1000) }) },
    { name: 'revoked key', kind: dead, key: await keyOf(em, boss, SCOPES, { revokedAt: ago(1000) }) },
    { name: 'unknown key', kind: dead, key: `qd_${randomBytes(32).toString('base64url')}` },
  ];
}

/** Whose every right stands still before some door: each could do anything, were it not for that one thing. */
async function held(em: EntityManager): Promise<Knocker[]> {
  const full = await superRole(em);
  const demanding = await superRole(em);
  Object.assign(demanding, { secondFactorDemanded: true, secondFactorGraceDays: 1 });
  const boss = async (
    change: Partial<Pick<Admin, 'disabledAt' | 'mustChangePassword' | 'secondFactorAskedAt'>> = {},
    role = full,
  ): Promise<Admin> => {
    const admin = await withRoles(em, role);
    Object.assign(admin, change);
    await em.flush();
    return admin;
  };
  const of = (name: string, admin: Admin, state: SessionState = {}): Knocker => ({ name, session: { admin, state } });
  const dead = (name: string, admin: Admin, state: SessionState = {}): Knocker => ({ ...of(name, admin, state), kind: 'dead session' });
  return [
    dead('expired', await boss(), { expiresAt: ago(1000) }),
    dead('idle for too long', await boss(), { lastSeenAt: ago(HOUR + 1000) }),
    dead('revoked', await boss(), { endedAt: ago(1000) }),
    dead('of an older epoch', await boss(), { authEpoch: 0 }),
    dead('disabled', await boss({ disabledAt: ago(MINUTE) })),
    of('half signed in', await boss(), { level: 'password' }),
    of('must change password', await boss({ mustChangePassword: true })),
    of('second factor overdue', await boss({ secondFactorAskedAt: ago(30 * DAY) }, demanding)),
    of('superadmin confirmed long ago', await boss(), { confirmedAt: ago(11 * MINUTE) }),
    of('superadmin', await boss()),
  ];
}

/** Everybody who may knock: nobody, the half-known, those with nothing, with a single right, with all, and programs. */
export async function everybody(em: EntityManager): Promise<Knocker[]> {
  const single = async (permission: Permission): Promise<Knocker> => ({
    name: permission,
    kind: 'right',
    session: { admin: await someone(em, permission), state: {} },
  });
  const rights: Knocker[] = [];
  for (const permission of PERMISSIONS) rights.push(await single(permission));
  const boss = await superadmin(em);
  return [
    { name: 'anonymous' },
    { name: 'planted cookie', kind: 'dead session', cookie: randomBytes(32).toString('base64url') },
    ...(await held(em)),
    { name: 'no rights', session: { admin: await withRoles(em, await someRole(em)), state: {} } },
    ...rights,
    ...(await keys(em, boss)),
    { name: 'cookie and key at once', session: { admin: boss, state: {} }, key: await keyOf(em, boss, SCOPES) },
  ];
}
