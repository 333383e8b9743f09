import type { Proof, SessionView } from '#contract/auth.ts';
import type { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Call } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Session } from './Session.ts';
import { lockedFor } from './locks.ts';
import { self } from './me.ts';
import { verifyPassword } from './passwords.ts';
import { checkFactor } from './second-factor/check.ts';
import { sessionViewOf } from './session-view.ts';
import { rotateSession } from './sessions.ts';

type Prover = Pick<Call<unknown, unknown, unknown>, 'ctx' | 'tools'>;

/** @throws Problem `wrong_password` at that field, or `too_many_requests` after too many wrong ones */
export async function demandPassword(call: Prover, admin: Admin, given: string, field: string): Promise<void> {
  const { tools } = call;
  const locked = await lockedFor(call, admin);
  if (locked > 0) throw new Problem('too_many_requests', { retryAfter: locked });
  await tools.limits.take('password', admin.id);
  if (!(await verifyPassword(tools.secrets, admin.passwordHash, given)))
    throw new Problem('wrong_password', { fields: { [field]: say('That is not your current password.') } });
  await tools.limits.reset('password', admin.id);
}

async function byPassword(call: Prover, admin: Admin, password: string): Promise<string> {
  await demandPassword(call, admin, password, 'password');
  return 'password';
}

/**
 * Takes a proof that it is still the same person. The session goes on under a new id, so that whoever holds a copy of the old
 * cookie is out; of two proofs at once, with the same cookie, one counts.
 * @throws Problem `wrong_password`, `wrong_code`, `too_many_requests`, `too_many_tries`, or `signed_out` where the cookie is not the session's any more
 */
export async function confirmSession(call: Call<unknown, unknown, Proof>): Promise<SessionView> {
  const { em, actor, body, tools } = call;
  const admin = await self(em, actor);
  const by = body.by === 'password' ? await byPassword(call, admin, body.password) : await checkFactor(call, admin, body);
  const finish = await em.transactional(async em => {
    record(em, actor, 'session.confirmed', { adminId: admin.id, name: admin.name, by: `their ${by}` });
    return rotateSession(em, call, { confirmed: true });
  });
  finish();
  return sessionViewOf(em, admin, await em.findOneOrFail(Session, actor.sessionId ?? ''), tools);
}
