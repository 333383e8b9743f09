import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Problem } from '../platform/problem.ts';

/** @throws Problem `already_admin` */
export async function demandNoAccount(em: EntityManager, email: string): Promise<void> {
  const found = await em.execute<unknown[]>('select 1 from admin where lower(email) = lower(?)', [email]);
  if (found.length > 0) throw new Problem('already_admin');
}

/** @throws Problem `username_taken` */
export async function demandFreeUsername(em: EntityManager, username: string): Promise<void> {
  const found = await em.execute<unknown[]>('select 1 from admin where lower(username) = lower(?)', [username]);
  if (found.length > 0) throw new Problem('username_taken', { fields: { username: 'This username is taken.' } });
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
