import * as contract from '#contract/auth.ts';
import { wants } from '#contract/factors.ts';
import { Avatar } from '../admins/Avatar.ts';
import { record } from '../events/record.ts';
import { demandConfirmed } from '../platform/http/confirmed.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Organisation } from '../settings/Organisation.ts';
import { noted } from '../words/say.ts';
import { Session } from './Session.ts';
import { confirmSession, demandPassword } from './confirm.ts';
import { clearSessionCookie } from './cookies.ts';
import { changeOwn, self } from './me.ts';
import { presentMe } from './present.ts';
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
      await endSessions(em, actor.id ?? '', noted('You signed out.'), { only: actor.sessionId ?? '' });
      record(em, actor, 'session.ended', { adminId: actor.id ?? '', name: actor.name });
    });
    tools.broadcast.control({ kind: 'revoked', sessionId: actor.sessionId ?? '', reason: noted('You signed out.') });
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
];
