import type { EntityManager } from '@mikro-orm/postgresql';
import { randomBytes } from 'node:crypto';
import type { SessionView } from '#contract/auth.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Call } from '../platform/http/route.ts';
import { Organisation } from '../settings/Organisation.ts';
import { Session } from './Session.ts';
import { writeDeviceCookie, writeSessionCookie } from './cookies.ts';
import { deviceOf } from './device.ts';
import { deviceToken } from './trusted-device.ts';
import { sessionHash } from './doorkeeper.ts';
import { presentSession } from './present.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Seconds a session lasts, and how long of it may pass without a request. */
const USUAL = { lasts: 12 * HOUR, idle: HOUR / 2 };
const KEPT = { lasts: 30 * DAY, idle: 7 * DAY };
/** Of one person; with one more the oldest ends. */
const MOST_SESSIONS = 10;

type Arrival = Pick<Call<unknown, unknown, unknown>, 'em' | 'ctx' | 'tools' | 'actor'>;

async function endOldest(em: EntityManager, admin: Admin): Promise<void> {
  await em.execute(
    `update session set ended_at = now(), ended_because = 'You were signed out because you signed in on more than ${MOST_SESSIONS} devices.'
      where id in (select id from session where admin_id = ? and ended_at is null and expires_at > now()
                    order by last_seen_at desc offset ${MOST_SESSIONS - 1})`,
    [admin.id],
  );
}

/**
 * Signs somebody in: a session with a new id that only the cookie knows, whatever cookie the browser had before.
 * @param admin with `roles` loaded, and proven to be that person.
 * @returns what `GET /session` will answer from now on
 */
export async function startSession({ em, ctx, tools, actor }: Arrival, admin: Admin, { keep }: { keep: boolean }): Promise<SessionView> {
  const token = randomBytes(32).toString('base64url');
  const { lasts, idle } = keep ? KEPT : USUAL;
  const userAgent = (ctx.get('user-agent') || 'unknown').slice(0, 300);
  const session = await em.transactional(async em => {
    await endOldest(em, admin);
    const now = await databaseNow(em);
    const session = em.create(Session, {
      admin,
      tokenHash: sessionHash(token),
      createdAt: now,
      lastSeenAt: now,
      confirmedAt: now,
      expiresAt: new Date(now.getTime() + lasts * 1000),
      idleSeconds: idle,
      kept: keep,
      authEpoch: admin.authEpoch,
      userAgent,
      address: actor.address ?? '',
    });
    em.persist(session);
    const person: Actor = { ...actor, kind: 'admin', id: admin.id, name: admin.name };
    record(em, person, 'session.started', { adminId: admin.id, name: admin.name, device: deviceOf(userAgent) });
    return session;
  });
  writeSessionCookie(ctx, tools.baseUrl, token, keep ? lasts : undefined);
  writeDeviceCookie(ctx, tools.baseUrl, deviceToken(tools.secrets, admin.id));
  return presentSession(admin, session, await em.findOneOrFail(Organisation, 1), tools.version);
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
