import * as contract from '#contract/auth.ts';
import { wants } from '#contract/factors.ts';
import { Avatar } from '../admins/Avatar.ts';
import { record } from '../events/record.ts';
import { demandConfirmed } from '../platform/http/confirmed.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { Organisation } from '../settings/Organisation.ts';
import { Session } from './Session.ts';
import { confirmSession, demandPassword } from './confirm.ts';
import { clearSessionCookie } from './cookies.ts';
import { changeOwn, self } from './me.ts';
import { presentLoginSession, presentMe } from './present.ts';
import { setOwnPassword } from './replace-password.ts';
import { passkeysPossible } from './second-factor/site.ts';
import { sessionViewOf } from './session-view.ts';
import { endSessions } from './sessions.ts';
import { signInWithPassword } from './sign-in.ts';

export const authRoutes: Route[] = [
  route(contract.getFront, 'public', {}, async ({ em, tools }) => {
    const { name, setUpAt, passwordMinimum } = await em.findOneOrFail(Organisation, 1);
    return { organisation: name, setUp: setUpAt !== null, passwordMinimum, passkeys: passkeysPossible(tools.baseUrl) };
  }),

  route(contract.getSession, 'signed-in', { despite: wants }, async ({ em, actor, tools }) =>
    sessionViewOf(em, await self(em, actor), await em.findOneOrFail(Session, actor.sessionId ?? ''), tools),
  ),

  route(contract.signIn, 'public', { records: ['session.started', 'session.refused', 'session.locked-out'] }, signInWithPassword),

  route(contract.confirmSession, 'signed-in', { despite: ['enrol'], records: ['session.confirmed'] }, confirmSession),

  route(contract.signOut, 'signed-in', { despite: wants, records: ['session.ended'] }, async ({ em, actor, ctx, tools }) => {
    await em.transactional(async em => {
      await endSessions(em, actor.id ?? '', 'You signed out.', { only: actor.sessionId ?? '' });
      record(em, actor, 'session.ended', { adminId: actor.id ?? '', name: actor.name });
    });
    tools.broadcast.control({ kind: 'revoked', sessionId: actor.sessionId ?? '', reason: 'You signed out.' });
    clearSessionCookie(ctx, tools.baseUrl);
    ctx.set('clear-site-data', '"cache", "storage"');
  }),

  route(contract.getProfile, 'signed-in', {}, async ({ em, actor }) => {
    const { id, signature, privateNotes, version } = await self(em, actor);
    const uploaded = (await em.count(Avatar, { admin: id })) > 0;
    const { gravatar } = await em.findOneOrFail(Organisation, 1);
    return { signature, privateNotes, uploaded, gravatar, version };
  }),

  route(contract.editMe, 'signed-in', { records: ['admin.edited'] }, async ({ em, actor, body, tools }) => {
    const { version, ...wanted } = body;
    if (wanted.email !== undefined && wanted.email !== (await self(em, actor)).email) demandConfirmed(actor);
    const changed = await changeOwn(em, actor, version, wanted);
    tools.broadcast.control({ kind: 'look' });
    return presentMe(changed);
  }),

  route(contract.changePassword, 'signed-in', { records: ['password.changed', 'session.started'] }, async call => {
    const { em, actor, body } = call;
    const admin = await self(em, actor);
    await demandPassword(call, admin, body.current, 'current');
    await setOwnPassword(call, admin, body.next);
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
