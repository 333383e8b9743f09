import * as contract from '#contract/auth.ts';
import { record } from '../events/record.ts';
import { demandConfirmed } from '../platform/http/confirmed.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { Organisation } from '../settings/Organisation.ts';
import { Session } from './Session.ts';
import { confirmSession, demandPassword } from './confirm.ts';
import { clearSessionCookie } from './cookies.ts';
import { changeOwn, self } from './me.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './passwords.ts';
import { presentLoginSession, presentMe, presentSession } from './present.ts';
import { endSessions, startSession } from './sessions.ts';
import { signInWithPassword } from './sign-in.ts';

export const authRoutes: Route[] = [
  route(contract.getFront, 'public', {}, async ({ em }) => {
    const { name, setUpAt, passwordMinimum } = await em.findOneOrFail(Organisation, 1);
    return { organisation: name, setUp: setUpAt !== null, passwordMinimum };
  }),

  route(contract.getSession, 'signed-in', {}, async ({ em, actor, tools }) => {
    const session = await em.findOneOrFail(Session, actor.sessionId ?? '');
    return presentSession(await self(em, actor), session, await em.findOneOrFail(Organisation, 1), tools.version);
  }),

  route(contract.signIn, 'public', { records: ['session.started', 'session.refused', 'session.locked-out'] }, signInWithPassword),

  route(contract.confirmSession, 'signed-in', { records: ['session.confirmed'] }, confirmSession),

  route(contract.signOut, 'signed-in', { records: ['session.ended'] }, async ({ em, actor, ctx, tools }) => {
    await em.transactional(async em => {
      await endSessions(em, actor.id ?? '', 'You signed out.', { only: actor.sessionId ?? '' });
      record(em, actor, 'session.ended', { adminId: actor.id ?? '', name: actor.name });
    });
    tools.broadcast.control({ kind: 'revoked', sessionId: actor.sessionId ?? '', reason: 'You signed out.' });
    clearSessionCookie(ctx, tools.baseUrl);
    ctx.set('clear-site-data', '"cache", "storage"');
  }),

  route(contract.editMe, 'signed-in', { records: ['admin.edited'] }, async ({ em, actor, body, tools }) => {
    const { version, ...wanted } = body;
    if (wanted.email !== undefined && wanted.email !== (await self(em, actor)).email) demandConfirmed(actor);
    const changed = await changeOwn(em, actor, version, wanted);
    tools.broadcast.control({ kind: 'look' });
    return presentMe(changed);
  }),

  route(contract.changePassword, 'signed-in', { records: ['password.changed', 'session.started'] }, async call => {
    const { em, actor, body, tools } = call;
    const admin = await self(em, actor);
    await demandPassword(call, admin, body.current, 'current');
    await checkNewPassword(em, body.next, { field: 'next', words: [admin.username, admin.email, admin.firstName, admin.lastName] });
    const passwordHash = await hashPassword(tools.secrets, body.next);
    const because = 'You were signed out because your password changed.';
    const { kept } = await em.findOneOrFail(Session, actor.sessionId ?? '');
    await em.transactional(async em => {
      em.assign(admin, { passwordHash, authEpoch: admin.authEpoch + 1 });
      await endSessions(em, admin.id, because);
      record(em, actor, 'password.changed', { adminId: admin.id, name: admin.name });
    });
    tools.broadcast.control({ kind: 'revoked', adminId: admin.id, reason: because });
    await startSession(call, admin, { keep: kept });
  }),

  route(contract.listMySessions, 'signed-in', {}, async ({ em, actor }) => {
    const open = await em.execute<{ id: string }[]>(
      `select s.id from session s join admin a on a.id = s.admin_id
        where s.admin_id = ? and s.ended_at is null and s.auth_epoch = a.auth_epoch and s.expires_at > now()
          and s.last_seen_at + make_interval(secs => s.idle_seconds) > now()`,
      [actor.id],
    );
    const sessions = await em.find(Session, { id: { $in: open.map(({ id }) => id) } }, { orderBy: { lastSeenAt: 'desc' } });
    return { items: sessions.map(session => presentLoginSession(session, actor.sessionId)) };
  }),

  route(contract.endMySession, 'signed-in', { records: ['session.revoked'] }, async ({ em, actor, params, tools }) => {
    const because = 'You ended this session from another device.';
    await em.transactional(async em => {
      const ended = await endSessions(em, actor.id ?? '', because, { only: params.id });
      if (ended === 0) throw new Problem('not_found');
      record(em, actor, 'session.revoked', { adminId: actor.id ?? '', name: actor.name, sessions: ended });
    });
    tools.broadcast.control({ kind: 'revoked', sessionId: params.id, reason: because });
  }),

  route(contract.endMyOtherSessions, 'signed-in', { records: ['session.revoked'] }, async ({ em, actor, tools }) => {
    const because = 'You ended this session from another device.';
    const ended = await em.transactional(async em => {
      const ended = await endSessions(em, actor.id ?? '', because, { but: actor.sessionId ?? '' });
      if (ended > 0) record(em, actor, 'session.revoked', { adminId: actor.id ?? '', name: actor.name, sessions: ended });
      return ended;
    });
    tools.broadcast.control({ kind: 'look' });
    return { ended };
  }),
];
