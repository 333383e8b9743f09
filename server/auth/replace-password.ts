import type { SessionView } from '#contract/auth.ts';
import type { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Call } from '../platform/http/route.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { later, say } from '../words/say.ts';
import { Session } from './Session.ts';
import { self } from './me.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { revokeResets } from './revoke-resets.ts';
import { endSessions, startSession } from './sessions.ts';

const BECAUSE = later('You were signed out because your password changed.');

/**
 * Sets the person's new password, ends all their sessions and begins a new one for this request.
 * @param next refused at the field of this name.
 * @throws Problem `invalid`
 */
export async function setOwnPassword(call: Call<unknown, unknown, unknown>, admin: Admin, next: string): Promise<SessionView> {
  const { em, actor, tools } = call;
  await checkNewPassword(em, next, { field: 'next', words: [admin.username, admin.email, admin.firstName, admin.lastName] });
  const passwordHash = await hashPassword(tools.secrets, next);
  const { kept } = await em.findOneOrFail(Session, actor.sessionId ?? '');
  await em.transactional(async em => {
    em.assign(admin, { passwordHash, mustChangePassword: false, authEpoch: admin.authEpoch + 1 });
    await endSessions(em, admin.id, BECAUSE);
    await revokeResets(em, admin.id);
    record(em, actor, 'password.changed', { adminId: admin.id, name: admin.name });
  });
  tools.broadcast.control({ kind: 'revoked', adminId: admin.id, reason: BECAUSE });
  return startSession(call, admin, { keep: kept });
}

/**
 * Replaces the password that somebody else chose for this person, who has just signed in with it.
 * @throws Problem `invalid`, also for that same password again; `conflict` when none has to be replaced
 */
export async function replacePassword(call: Call<unknown, unknown, { next: string }>): Promise<SessionView> {
  const { em, actor, body, tools } = call;
  if (actor.wants !== 'new-password') throw new Problem('conflict', { detail: say('Change your password in My Account.') });
  const admin = await self(em, actor);
  if (await verifyPassword(tools.secrets, admin.passwordHash, body.next))
    throw invalid('next', say('This is the password that you were given. Choose one that only you know.'));
  return setOwnPassword(call, admin, body.next);
}
