import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/auth.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { demandManageable } from '../roles/policy.ts';
import { later, noted } from '../words/say.ts';
import { Session } from './Session.ts';
import { presentLoginSession } from './present.ts';
import { endSessions } from './sessions.ts';

const FROM_ANOTHER = later('You ended this session from another device.');

/** The sessions of a person in which they are signed in now, used last first. */
async function openSessions(em: EntityManager, adminId: string): Promise<Session[]> {
  const open = await em.execute<{ id: string }[]>(
    `select s.id from session s join admin a on a.id = s.admin_id
      where s.admin_id = ? and s.level = 'full' and s.ended_at is null and s.auth_epoch = a.auth_epoch and s.expires_at > now()
        and s.last_seen_at + make_interval(secs => s.idle_seconds) > now()`,
    [adminId],
  );
  return em.find(Session, { id: { $in: open.map(({ id }) => id) } }, { orderBy: { lastSeenAt: 'desc', id: 'desc' } });
}

/** @throws Problem `not_found`, or `stronger_than_you` */
async function manageable(em: EntityManager, actor: Actor, id: string): Promise<Admin> {
  const admin = await em.findOne(Admin, id, { populate: ['roles'] });
  if (!admin) throw new Problem('not_found');
  demandManageable(actor, admin);
  return admin;
}

/**
 * Ends sessions of a person and writes down who did.
 * @param which as for `endSessions`
 * @returns how many were open
 */
function revoke(
  em: EntityManager,
  actor: Actor,
  { id, name }: { id: string; name: string },
  because: string,
  which: { only?: string; but?: string } = {},
): Promise<number> {
  return em.transactional(async em => {
    const ended = await endSessions(em, id, because, which);
    if (ended > 0) record(em, actor, 'session.revoked', { adminId: id, name, sessions: ended });
    return ended;
  });
}

const selfOf = ({ id = '', name }: Actor): { id: string; name: string } => ({ id, name });

const own: Route[] = [
  route(contract.listMySessions, 'signed-in', {}, async ({ em, actor }) => ({
    items: (await openSessions(em, actor.id ?? '')).map(session => presentLoginSession(session, actor.sessionId)),
  })),

  route(contract.endMySession, 'signed-in', { records: ['session.revoked'] }, async ({ em, actor, params, tools }) => {
    if ((await revoke(em, actor, selfOf(actor), FROM_ANOTHER, { only: params.id })) === 0) throw new Problem('not_found');
    tools.broadcast.control({ kind: 'revoked', sessionId: params.id, reason: FROM_ANOTHER });
  }),

  route(contract.endMyOtherSessions, 'signed-in', { records: ['session.revoked'] }, async ({ em, actor, tools }) => {
    const ended = await revoke(em, actor, selfOf(actor), FROM_ANOTHER, { but: actor.sessionId ?? '' });
    tools.broadcast.control({ kind: 'look' });
    return { ended };
  }),
];

const byOf = ({ name }: Actor): string => noted('You were signed out by {name}.', { name });

const ofOthers: Route[] = [
  route(contract.listSessionsOf, 'admins.secure', {}, async ({ em, actor, params }) => {
    const { id } = await manageable(em, actor, params.id);
    return { items: (await openSessions(em, id)).map(session => presentLoginSession(session, actor.sessionId)) };
  }),

  route(
    contract.endSessionOf,
    'admins.secure',
    { records: ['session.revoked'], confirmed: true },
    async ({ em, actor, params: { id, sessionId }, tools }) => {
      const reason = byOf(actor);
      if ((await revoke(em, actor, await manageable(em, actor, id), reason, { only: sessionId })) === 0) throw new Problem('not_found');
      tools.broadcast.control({ kind: 'revoked', sessionId, reason });
    },
  ),

  route(
    contract.endSessionsOf,
    'admins.secure',
    { records: ['session.revoked'], confirmed: true },
    async ({ em, actor, params, tools }) => {
      const reason = byOf(actor);
      const ended = await revoke(em, actor, await manageable(em, actor, params.id), reason);
      tools.broadcast.control({ kind: 'revoked', adminId: params.id, reason });
      return { ended };
    },
  ),
];

/** Where people are signed in, and ending that. */
export const sessionRoutes: Route[] = [...own, ...ofOthers];
