import type { MikroORM } from '@mikro-orm/postgresql';
import { openOrm } from './orm.ts';

/** Any number will do, as long as it stays the same and nothing else takes it. */
const MIGRATION_LOCK = 5_103_720_251;

/** Rewriting a large table, or waiting for another process that does, takes what it takes: the limits are for requests. */
const PATIENT = { statement_timeout: 0, lock_timeout: 0, idle_in_transaction_session_timeout: 0 };

/**
 * Makes the database when it is absent and brings it up to date, on connections of its own. Several processes may do so at
 * once: MikroORM's migrator takes no lock, so a transaction beside it holds one, which ends with this process however that ends.
 * @returns how many migrations were run here.
 */
export async function migrate(databaseUrl: string): Promise<number> {
  const orm = await openOrm(databaseUrl, { driverOptions: { ...PATIENT, connectionTimeoutMillis: 5000 } });
  try {
    await ensureDatabase(orm);
    return await orm.em.fork().transactional(async em => {
      await em.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      return (await orm.migrator.up()).length;
    });
  } finally {
    await orm.close();
  }
}

async function ensureDatabase(orm: MikroORM): Promise<void> {
  try {
    await orm.schema.ensureDatabase({ create: false });
  } catch (error) {
    if (!(await orm.isConnected())) throw error; // else another process made it at the same moment
  }
}
