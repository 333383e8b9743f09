import type { EntityManager } from '@mikro-orm/postgresql';
import { holdRights } from './lock.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Seconds a session lasts, and how long of it may pass without a request. */
export interface SessionLength {
  lasts: number;
  idle: number;
}
export const USUAL: SessionLength = { lasts: 12 * HOUR, idle: HOUR / 2 };
/** Of whoever asked to stay signed in, where every role of theirs lets them. */
export const KEPT: SessionLength = { lasts: 30 * DAY, idle: 7 * DAY };

/** Whether this person may stay signed in: one role that forbids it is enough. What is answered holds until the transaction ends. */
export async function mayStaySignedIn(em: EntityManager, adminId: string): Promise<boolean> {
  await holdRights(em);
  const forbidding = await em.execute<object[]>(
    'select from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = ? and not r.keep_signed_in limit 1',
    [adminId],
  );
  return forbidding.length === 0;
}

/**
 * After the roles of these people changed: where one forbids it, the sessions in which they stayed signed in are from now on as if they
 * never had been. Whoever signed in longer ago than a usual session lasts, or was not seen for as long as it may idle, is out.
 */
export async function settleKeptSessions(em: EntityManager, adminIds: readonly string[]): Promise<void> {
  if (adminIds.length === 0) return;
  await em.execute(
    `update session s set kept = false, idle_seconds = least(s.idle_seconds, ?),
            expires_at = least(s.expires_at, s.created_at + make_interval(secs => ?))
      where s.admin_id in (?) and s.kept and s.ended_at is null
        and exists (select from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = s.admin_id and not r.keep_signed_in)`,
    [USUAL.idle, USUAL.lasts, [...adminIds]],
  );
}
