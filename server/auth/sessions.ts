import type { EntityManager } from '@mikro-orm/postgresql';
import { randomBytes } from 'node:crypto';
import type { SessionView } from '#contract/auth.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Call } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { KEPT, type SessionLength, USUAL, mayStaySignedIn } from '../roles/session-lengths.ts';
import { Session } from './Session.ts';
import { readSessionCookie, writeDeviceCookie, writeSessionCookie } from './cookies.ts';
import { deviceOf } from './device.ts';
import { deviceToken } from './trusted-device.ts';
import { sessionHash } from './doorkeeper.ts';
import { sessionViewOf } from './session-view.ts';
import { inLanguage, noted } from '../words/say.ts';

/** Long enough to find the telephone. */
const HALF: SessionLength = { lasts: 600, idle: 600 };
/** Of one person; with one more the oldest ends. */
const MOST_SESSIONS = 10;

type Arrival = Pick<Call<unknown, unknown, unknown>, 'em' | 'ctx' | 'tools' | 'actor'>;

async function endOldest(em: EntityManager, admin: Admin): Promise<void> {
  await em.execute(
    `update session set ended_at = now(), ended_because = ?
      where id in (select id from session where admin_id = ? and ended_at is null and expires_at > now() and level = 'full'
                    order by last_seen_at desc offset ${MOST_SESSIONS - 1})`,
    [noted('You were signed out because you signed in on more than {most} devices.', { most: MOST_SESSIONS }), admin.id],
  );
}

const newToken = (): string => randomBytes(32).toString('base64url');
const lengthOf = (kept: boolean): SessionLength => (kept ? KEPT : USUAL);
const agentOf = (ctx: Arrival['ctx']): string => (ctx.get('user-agent') || 'unknown').slice(0, 300);

/** The cookies of whoever is signed in: the session's, and one that marks the browser as theirs. */
function giveCookies({ ctx, tools }: Arrival, admin: Admin, token: string, kept: boolean): void {
  writeSessionCookie(ctx, tools.baseUrl, token, kept ? KEPT.lasts : undefined);
  writeDeviceCookie(ctx, tools.baseUrl, deviceToken(tools.secrets, admin.id));
}

function recordStart(em: EntityManager, actor: Actor, admin: Admin, userAgent: string): void {
  const person: Actor = { ...actor, kind: 'admin', id: admin.id, name: admin.name };
  record(em, person, 'session.started', { adminId: admin.id, name: admin.name, device: inLanguage('en', () => deviceOf(userAgent)) });
}

/**
 * Signs somebody in: a session with a new id that only the cookie knows, whatever cookie the browser had before.
 * @param admin with `roles` loaded, and proven to be that person.
 * @param options `keep`: they asked to stay signed in, which their roles may forbid.
 * @returns what `GET /session` will answer from now on
 */
export async function startSession(arrival: Arrival, admin: Admin, { keep }: { keep: boolean }): Promise<SessionView> {
  const { em, ctx, tools, actor } = arrival;
  const token = newToken();
  const session = await em.transactional(async em => {
    const kept = keep && (await mayStaySignedIn(em, admin.id));
    await endOldest(em, admin);
    recordStart(em, actor, admin, agentOf(ctx));
    return addSession(em, arrival, admin, { token, kept, level: 'full', ...lengthOf(kept) });
  });
  giveCookies(arrival, admin, token, session.kept);
  return sessionViewOf(em, admin, session, tools);
}

/**
 * The password was right, the second factor is still to come. Ends no other session, since whoever this is has not shown that they
 * are the person, and marks no browser as theirs.
 */
export async function startHalfSession(arrival: Arrival, admin: Admin, { keep }: { keep: boolean }): Promise<SessionView> {
  const { em, ctx, tools } = arrival;
  const token = newToken();
  const session = await em.transactional(em => addSession(em, arrival, admin, { token, kept: keep, level: 'password', ...HALF }));
  writeSessionCookie(ctx, tools.baseUrl, token);
  return sessionViewOf(em, admin, session, tools);
}

async function addSession(
  em: EntityManager,
  { ctx, actor }: Arrival,
  admin: Admin,
  { token, kept, level, lasts, idle }: { token: string; kept: boolean; level: Session['level'] } & SessionLength,
): Promise<Session> {
  const now = await databaseNow(em);
  const session = em.create(Session, {
    admin,
    tokenHash: sessionHash(token),
    createdAt: now,
    lastSeenAt: now,
    confirmedAt: now,
    expiresAt: new Date(now.getTime() + lasts * 1000),
    idleSeconds: idle,
    kept,
    level,
    authEpoch: admin.authEpoch,
    userAgent: agentOf(ctx),
    address: actor.address ?? '',
  });
  em.persist(session);
  return session;
}

/**
 * The second factor was right: the half session becomes a whole one, under a new id. Of several at once one does.
 * @param admin with `roles` loaded.
 * @throws Problem `signed_out` when it is over, or whole already
 */
export async function completeSession(arrival: Arrival, admin: Admin): Promise<SessionView> {
  const { em, ctx, tools, actor } = arrival;
  const session = await em.findOneOrFail(Session, actor.sessionId ?? '');
  const wished = session.kept;
  const token = newToken();
  await em.transactional(async em => {
    const kept = wished && (await mayStaySignedIn(em, admin.id));
    const { lasts, idle } = lengthOf(kept);
    await endOldest(em, admin);
    const completed = await em.execute<{ id: string }[]>(
      `update session set level = 'full', token_hash = ?, created_at = now(), last_seen_at = now(), confirmed_at = now(),
              expires_at = now() + make_interval(secs => ?), idle_seconds = ?, kept = ?
        where id = ? and level = 'password' and ended_at is null and expires_at > now() returning id`,
      [sessionHash(token), lasts, idle, kept, session.id],
    );
    if (completed.length === 0) throw new Problem('signed_out');
    recordStart(em, actor, admin, agentOf(ctx));
  });
  await em.refresh(session);
  tools.broadcast.control({ kind: 'look' });
  giveCookies(arrival, admin, token, session.kept);
  return sessionViewOf(em, admin, session, tools);
}

/**
 * Gives the session of this request a new id, in the caller's transaction: whoever holds a copy of the old one is out, at once here
 * and within a second elsewhere. Of several requests at once, with the same cookie, one does.
 * @param confirmed whether the person has just proved who they are.
 * @returns what is to be done after the commit
 * @throws Problem `signed_out` where the cookie is not the session's any more
 */
export async function rotateSession(
  em: EntityManager,
  { ctx, tools }: Pick<Arrival, 'ctx' | 'tools'>,
  { confirmed = false } = {},
): Promise<() => void> {
  const presented = sessionHash(readSessionCookie(ctx.req, tools.baseUrl) ?? '');
  const token = newToken();
  const [renewed] = await em.execute<{ kept: boolean; left: number }[]>(
    `update session set token_hash = ?, last_seen_at = now() ${confirmed ? ', confirmed_at = now()' : ''}
      where token_hash = ? and ended_at is null returning kept, floor(extract(epoch from expires_at - now()))::int as left`,
    [sessionHash(token), presented],
  );
  if (!renewed) throw new Problem('signed_out');
  return () => {
    tools.broadcast.control({ kind: 'look' });
    writeSessionCookie(ctx, tools.baseUrl, token, renewed.kept ? renewed.left : undefined);
  };
}

/**
 * Ends sessions of one person, in the caller's transaction.
 * @param which all, or `only` one, or all `but` one.
 * @param because what the person is told where the session was.
 * @returns how many were open
 */
export async function endSessions(
  em: EntityManager,
  adminId: string,
  because: string,
  which: { only?: string; but?: string } = {},
): Promise<number> {
  const ended = await em.execute<{ id: string }[]>(
    `update session set ended_at = now(), ended_because = ?
      where admin_id = ? and ended_at is null and expires_at > now() and last_seen_at + make_interval(secs => idle_seconds) > now()
        and (?::uuid is null or id = ?) and (?::uuid is null or id <> ?) returning id`,
    [because, adminId, which.only ?? null, which.only ?? null, which.but ?? null, which.but ?? null],
  );
  return ended.length;
}
