import type { EntityManager } from '@mikro-orm/postgresql';
import { revokeResets } from '../auth/revoke-resets.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { placeOf } from '../platform/http/client-address.ts';
import type { ServerTools } from '../platform/tools.ts';
import { makeReset } from './make-reset.ts';

/** Nobody has this id: what is asked for nobody does the same work on no row. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function activeByLogin(em: EntityManager, login: string): Promise<{ id: string; name: string } | undefined> {
  const [row] = await em.execute<{ id: string; name: string }[]>(
    `select id, first_name || ' ' || last_name as name from admin
      where (lower(username) = lower(?) or lower(email) = lower(?)) and disabled_at is null`,
    [login, login],
  );
  return row;
}

/** As much work as a link for somebody is, so that the time of the answer tells nothing. */
async function makeNothing(em: EntityManager, actor: Actor, login: string): Promise<void> {
  await em.execute('select 1 from admin where id = ? for no key update', [NOBODY]);
  await revokeResets(em, NOBODY);
  record(em, actor, 'password.reset-refused', { login, address: actor.address ?? '' });
}

/**
 * Somebody forgot a password: a link goes out if there is such an account and it is active. Whoever asks learns nothing of that, nor
 * of the limits, beyond which nothing is sent.
 */
export async function askForReset(
  em: EntityManager,
  actor: Actor,
  login: string,
  { limits, secrets }: Pick<ServerTools, 'limits' | 'secrets'>,
): Promise<void> {
  const person = await activeByLogin(em, login);
  const spent = await Promise.all([
    limits.spend('reset', person?.id ?? login.toLowerCase()),
    limits.spend('reset-place', placeOf(actor.address ?? '')),
  ]);
  if (spent.some(({ wait }) => wait > 0)) return;
  await em.transactional(async em => {
    if (person) await makeReset(em, actor, person, 'mail', secrets);
    else await makeNothing(em, actor, login);
  });
}
