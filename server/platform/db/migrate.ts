import { Refusal } from '../refusal.ts';
import { openOrm } from './orm.ts';

/** Any number will do, as long as it stays the same and nothing else takes it. */
const MIGRATION_LOCK = 5_103_720_251;

/** What PostgreSQL answers when two make a database at once: duplicate_database, unique_violation. */
const MADE_MEANWHILE = new Set(['42P04', '23505']);

/** Rewriting a large table, or waiting for another process that does, takes what it takes: the limits are for requests. */
const PATIENT = { statement_timeout: 0, lock_timeout: 0, idle_in_transaction_session_timeout: 0 };

/**
 * Makes the database when it is absent and brings it up to date, on connections of its own. Several processes may do so at
 * once: MikroORM's migrator takes no lock, so a transaction beside it holds one, which ends with this process however that ends.
 * @returns how many migrations were run here.
 * @throws Refusal when the database cannot be reached or made.
 */
export async function migrate(databaseUrl: string): Promise<number> {
  const orm = await openOrm(databaseUrl, { driverOptions: { ...PATIENT, connectionTimeoutMillis: 5000 } });
  try {
    if (!(await orm.isConnected())) await createDatabase(databaseUrl);
    return await orm.em.fork().transactional(async em => {
      await em.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      return (await orm.migrator.up()).length;
    });
  } finally {
    await orm.close();
  }
}

/** Makes the database, unless another process does so at the same moment. */
async function createDatabase(databaseUrl: string): Promise<void> {
  const orm = await openOrm(databaseUrl); // of its own, since one that fails here stays connected to PostgreSQL's own database
  try {
    await orm.schema.ensureDatabase({ create: false });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && MADE_MEANWHILE.has(String(error.code))) return;
    throw new Refusal(`The database cannot be opened: ${error.message}. Check DATABASE_URL.`, { cause: error });
  } finally {
    await orm.close();
  }
}
