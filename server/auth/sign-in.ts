import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionView } from '#contract/auth.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import { placeOf } from '../platform/http/client-address.ts';
import type { LimitName } from '../platform/http/limits.ts';
import type { Call } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { knows } from './locks.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { waysOf } from './second-factor/ways.ts';
import { startHalfSession, startSession } from './sessions.ts';

interface Credentials {
  login: string;
  password: string;
  keep: boolean;
}
type SignInCall = Call<unknown, unknown, Credentials>;

/** An id that no row has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Usernames hold no `@` and emails do, so a login names one person at most. It asks the database as often for a name that nobody
 * has: the time of a refusal must not tell. Roles are read once the password was right.
 */
export const findByLogin = async (em: EntityManager, login: string): Promise<Admin | undefined> => {
  const [row] = await em.execute<{ id: string }[]>('select id from admin where lower(username) = lower(?) or lower(email) = lower(?)', [
    login,
    login,
  ]);
  return (await em.findOne(Admin, row?.id ?? NOBODY)) ?? undefined;
};

/** Which counters this try uses up: on a browser that knows the person only their own, so that strangers cannot keep them out. */
function counters({ actor, body, ctx, tools }: SignInCall, admin: Admin | undefined): [LimitName, string][] {
  if (admin && knows({ ctx, tools }, admin)) return [['sign-in-device', admin.id]];
  return [
    ['sign-in-name', body.login.toLowerCase()],
    ['sign-in-place', placeOf(actor.address ?? '')],
  ];
}

async function refuse(call: SignInCall): Promise<never> {
  const { em, actor, body } = call;
  record(em, actor, 'session.refused', { login: body.login, address: actor.address ?? '' });
  await em.flush();
  throw new Problem('wrong_credentials');
}

/** Every try costs a point before the password is looked at, so that many at once cannot look at more than there are points. */
async function spend(call: SignInCall, admin: Admin | undefined): Promise<() => Promise<void>> {
  const { em, actor, body, tools } = call;
  const used = counters(call, admin);
  const spent = await Promise.all(used.map(([name, key]) => tools.limits.spend(name, key)));
  const seconds = Math.max(...spent.map(({ wait }) => wait));
  if (seconds > 0) {
    if (spent.some(({ first }) => first)) {
      record(em, actor, 'session.locked-out', { login: body.login, address: actor.address ?? '', seconds });
      await em.flush();
    }
    throw new Problem('too_many_tries', { retryAfter: seconds });
  }
  return async () => {
    await Promise.all(
      used.map(([name, key]) => (name === 'sign-in-place' ? tools.limits.giveBack(name, key) : tools.limits.reset(name, key))),
    );
  };
}

/**
 * Checks username or email with the password and signs in, half where the person has a second factor. An unknown name, a disabled account and a wrong password are answered
 * alike, after the same work.
 * @throws Problem `wrong_credentials`, or `too_many_tries` with the seconds left
 */
export async function signInWithPassword(call: SignInCall): Promise<SessionView> {
  const { em, body, tools } = call;
  const admin = await findByLogin(em, body.login);
  const settle = await spend(call, admin);
  const right = await verifyPassword(tools.secrets, admin?.passwordHash, body.password);
  if (!admin || !right || admin.disabledAt) return refuse(call);
  await settle();
  await em.populate(admin, ['roles']);
  if (isOutdated(tools.secrets, admin.passwordHash)) {
    const passwordHash = await hashPassword(tools.secrets, body.password);
    // only where it is still this password: two may sign in at once, or somebody may just be choosing another
    await em.execute('update admin set password_hash = ? where id = ? and password_hash = ?', [passwordHash, admin.id, admin.passwordHash]);
  }
  const start = (await waysOf(em, admin.id)).length > 0 ? startHalfSession : startSession;
  return start(call, admin, { keep: body.keep });
}
