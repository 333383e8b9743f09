import type { SessionView } from '#contract/auth.ts';
import type { FactorProof, PasskeySignature } from '#contract/factors.ts';
import { record } from '../../events/record.ts';
import type { Call } from '../../platform/http/route.ts';
import { Problem } from '../../platform/problem.ts';
import { clearSessionCookie } from '../cookies.ts';
import { self } from '../me.ts';
import { completeSession, endSessions, startSession } from '../sessions.ts';
import { noted, say } from '../../words/say.ts';
import { checkFactor } from './check.ts';
import { readSignature } from './passkeys.ts';

/** Refused so often, the half session ends: the password is asked for anew, which has limits of its own. */
async function endHalfSession({ em, actor, ctx, tools }: Call<unknown, unknown, unknown>): Promise<void> {
  await endSessions(em, actor.id ?? '', noted('You were signed out after too many wrong codes.'), { only: actor.sessionId ?? '' });
  tools.broadcast.control({ kind: 'look' });
  clearSessionCookie(ctx, tools.baseUrl);
}

/**
 * The second step of signing in.
 * @throws Problem `wrong_code`, or `too_many_tries`, with which the half session is over
 */
export async function giveSecondFactor(call: Call<unknown, unknown, { proof: FactorProof }>): Promise<SessionView> {
  const { em, actor, body } = call;
  if (actor.wants !== 'second-factor') throw new Problem('conflict', { detail: say('You are signed in already.') });
  const admin = await self(em, actor);
  try {
    await checkFactor(call, admin, body.proof);
  } catch (error) {
    if (error instanceof Problem && error.code === 'too_many_tries') await endHalfSession(call);
    throw error;
  }
  return completeSession(call, admin);
}

/**
 * A passkey as the only step: it is something the person has, and asked who they are. One of nobody, of a disabled person, and one
 * that signed something else are answered alike.
 * @throws Problem `wrong_credentials`
 */
export async function signInWithPasskey(
  call: Call<unknown, unknown, { signature: PasskeySignature; keep: boolean }>,
): Promise<SessionView> {
  const { em, actor, body, tools } = call;
  const read = await readSignature(em, tools.baseUrl, body.signature, { purpose: 'sign-in' });
  const admin = read?.passkey.admin;
  if (!admin || !read.holds || admin.disabledAt) {
    record(em, actor, 'session.refused', { login: admin?.username ?? 'a passkey that nobody here has', address: actor.address ?? '' });
    await em.flush();
    throw new Problem('wrong_credentials', { detail: say('This passkey does not open an active account here.') });
  }
  return startSession(call, admin, { keep: body.keep });
}
