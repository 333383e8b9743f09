import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';

interface Account {
  id: string;
  name: string;
}

/** Whose accounts have these addresses, by the address in lower case. */
export async function accountsOf(em: EntityManager, emails: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  if (emails.length === 0) return new Map();
  const found = await em.execute<(Account & { email: string })[]>(
    `select id, first_name || ' ' || last_name as name, lower(email) as email from admin where lower(email) in (?)`,
    [emails.map(email => email.toLowerCase())],
  );
  return new Map(found.map(({ id, name, email }) => [email, { id, name }]));
}

/**
 * Neither an account nor another open invitation may have it. That an account may take it meanwhile is seen at acceptance.
 * @param except the invitation it is meant for, where that exists.
 * @throws Problem `username_taken`
 */
export async function demandFreeUsername(em: EntityManager, username: string, except: string | null = null): Promise<void> {
  const found = await em.execute<{ whose: string }[]>(
    `select 'an account' as whose from admin where lower(username) = lower(?)
      union all
     select 'an open invitation' from invitation
      where state = 'pending' and expires_at > now() and lower(username) = lower(?) and id is distinct from ?::uuid limit 1`,
    [username, username, except],
  );
  if (found[0])
    throw new Problem('username_taken', { fields: { username: say('This username belongs to {whose}.', { whose: found[0].whose }) } });
}

/** The unique index that a failed change ran into; `undefined` when that was not the reason. */
export const violatedIndex = (error: unknown): string | undefined =>
  error instanceof UniqueConstraintViolationException && 'constraint' in error ? String(error.constraint) : undefined;

/** Of two who invite an address at once, the unique index lets one by; the other is told. */
export async function orAlreadyInvited<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (violatedIndex(error) === 'invitation_open_email_unique') throw new Problem('already_invited', {}, { cause: error });
    throw error;
  }
}
