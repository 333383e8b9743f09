import { randomBytes } from 'node:crypto';
import type { Proof, SessionView } from '#contract/auth.ts';
import type { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Call } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { Organisation } from '../settings/Organisation.ts';
import { Session } from './Session.ts';
import { readSessionCookie, writeSessionCookie } from './cookies.ts';
import { sessionHash } from './doorkeeper.ts';
import { self } from './me.ts';
import { verifyPassword } from './passwords.ts';
import { presentSession } from './present.ts';

type Prover = Pick<Call<unknown, unknown, unknown>, 'em' | 'actor' | 'tools'>;

/** @throws Problem `wrong_password` at that field, or `too_many_requests` after too many wrong ones */
export async function demandPassword({ tools }: Pick<Prover, 'tools'>, admin: Admin, given: string, field: string): Promise<void> {
  await tools.limits.take('password', admin.id);
  if (!(await verifyPassword(tools.secrets, admin.passwordHash, given)))
    throw new Problem('wrong_password', { fields: { [field]: 'That is not your current password.' } });
  await tools.limits.reset('password', admin.id);
}

/** What each kind of proof has to pass, and what the log calls it. Of a wrong one each throws. */
const proofs: { [By in Proof['by']]: (call: Prover, admin: Admin, proof: Extract<Proof, { by: By }>) => Promise<string> } = {
  async password(call, admin, { password }) {
    await demandPassword(call, admin, password, 'password');
    return 'their password';
  },
};

/**
 * Takes a proof that it is still the same person. The session goes on under a new id, so that whoever holds a copy of the old
 * cookie is out; of two proofs at once, with the same cookie, one counts.
 * @throws Problem `wrong_password`, `too_many_requests`, or `signed_out` where the cookie is not the session's any more
 */
export async function confirmSession(call: Call<unknown, unknown, Proof>): Promise<SessionView> {
  const { em, actor, body, ctx, tools } = call;
  const admin = await self(em, actor);
  const by = await proofs[body.by](call, admin, body);
  const presented = sessionHash(readSessionCookie(ctx.req, tools.baseUrl) ?? '');
  const token = randomBytes(32).toString('base64url');
  await em.transactional(async em => {
    const renewed = await em.execute<unknown[]>(
      'update session set token_hash = ?, confirmed_at = now(), last_seen_at = now() where token_hash = ? and ended_at is null returning id',
      [sessionHash(token), presented],
    );
    if (renewed.length === 0) throw new Problem('signed_out');
    record(em, actor, 'session.confirmed', { adminId: admin.id, name: admin.name, by });
  });
  tools.broadcast.control({ kind: 'look' });
  const session = await em.findOneOrFail(Session, actor.sessionId ?? '');
  const secondsLeft = Math.floor((session.expiresAt.getTime() - session.lastSeenAt.getTime()) / 1000);
  writeSessionCookie(ctx, tools.baseUrl, token, session.kept ? secondsLeft : undefined);
  return presentSession(admin, session, await em.findOneOrFail(Organisation, 1), tools.version);
}
