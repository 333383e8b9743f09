import type { EntityManager } from '@mikro-orm/postgresql';

/** The database's clock, by which every deadline is judged. Within a transaction it stands at its beginning. */
export async function databaseNow(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ ms: number }[]>('select floor(extract(epoch from now()) * 1000)::float8 as ms');
  if (!row) throw new Error('the database does not tell the time');
  return new Date(row.ms);
}
