import type { EntityManager } from '@mikro-orm/postgresql';
import { NAMED_IDS } from '../events/Event.ts';
import { violatedIndex } from '../invitations/conflicts.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';

/** What a unique index refused, at its field; anything else as it was. */
function inWords(error: unknown): unknown {
  switch (violatedIndex(error)) {
    case 'admin_username_unique':
      return new Problem('username_taken', { fields: { username: say('This username is taken.') } }, { cause: error });
    case 'admin_email_unique':
      return new Problem('email_taken', { fields: { email: say('Another admin has this address.') } }, { cause: error });
    default:
      return error;
  }
}

/** Of two who choose a name at once, the unique index lets one by; the other is told. */
export async function orTaken<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw inWords(error);
  }
}

/** As in the index, with its question mark told apart from those that stand for a value. */
const NAMED = NAMED_IDS.replaceAll('?', String.raw`\?`);

/** Who changed an account last, in words. */
export async function changedMeanwhile(em: EntityManager, adminId: string): Promise<Problem> {
  const [last] = await em.execute<{ actor_name: string }[]>(
    `select actor_name from event where ${NAMED} @> ?::jsonb
        and type in ('admin.edited', 'admin.departments-changed', 'rights.changed', 'admin.disabled', 'admin.enabled')
      order by stored_at desc limit 1`,
    [JSON.stringify([adminId])],
  );
  return new Problem('conflict', last ? { detail: say('{name} changed this account in the meantime.', { name: last.actor_name }) } : {});
}
