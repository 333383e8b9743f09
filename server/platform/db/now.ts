import type { EntityManager } from '@mikro-orm/postgresql';

/** The database's clock, by which every deadline is judged. Within a transaction it stands at its beginning. */
export async function databaseNow(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ now: Date }[]>('select now() as now');
  if (!row) throw new Error('the database does not tell the time');
  return row.now;
}
