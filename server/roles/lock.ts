import type { EntityManager } from '@mikro-orm/postgresql';

/** Any number will do, as long as it stays the same and nothing else takes it. */
const RIGHTS_LOCK = 5_103_720_252;

/**
 * Lets one change of who may do what be made at a time, until the transaction ends. Whatever adds, edits or deletes a role, gives or
 * takes roles, disables, enables or deletes an account takes it first and reads what it decides by afterwards: two superadmins who
 * demote each other at once would each still see the other, and a role could be deleted under somebody who is just being given it.
 */
export async function lockRights(em: EntityManager): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(?)', [RIGHTS_LOCK]);
}

/** Keeps rights as they are until the transaction ends, beside any number who do the same: for what refers to roles and changes none. */
export async function holdRights(em: EntityManager): Promise<void> {
  await em.execute('select pg_advisory_xact_lock_shared(?)', [RIGHTS_LOCK]);
}
