import type { MikroORM } from '@mikro-orm/postgresql';
import { openOrm } from '#server/platform/db/orm.ts';

/** MikroORM looks triggers up in information_schema, which leaves out that one fires on TRUNCATE and so never agrees: we ask the catalogue. */
const TRIGGERS = `select pg_get_triggerdef(t.oid) || ' ' || p.prosrc as definition
  from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal order by 1`;

async function triggers(orm: MikroORM): Promise<string[]> {
  const rows: { definition: string }[] = await orm.em.getConnection().execute(TRIGGERS);
  return rows.map(({ definition }) => definition);
}

/**
 * Compares a migrated database with what the entities say.
 * @param scratchUrl a database that does not exist yet; it is made from the entities and stays.
 * @throws Error with the difference in SQL.
 */
export async function demandNoDrift(migratedUrl: string, scratchUrl: string): Promise<void> {
  const migrated = await openOrm(migratedUrl, { schemaGenerator: { ignoreTriggers: true } });
  const scratch = await openOrm(scratchUrl);
  try {
    await scratch.schema.ensureDatabase({ create: false });
    await scratch.em.getConnection().execute('create extension pg_trgm'); // entities name its operators and cannot ask for it
    await scratch.schema.create();
    const [is, ought] = [await triggers(migrated), await triggers(scratch)];
    const drift = [
      await migrated.schema.getUpdateSchemaSQL({ wrap: false }),
      ...ought.filter(trigger => !is.includes(trigger)).map(trigger => `missing: ${trigger}`),
      ...is.filter(trigger => !ought.includes(trigger)).map(trigger => `not in any entity: ${trigger}`),
    ].filter(difference => difference !== '');
    if (drift.length > 0) throw new Error(`migrations/ does not lead to what the entities say:\n${drift.join('\n')}`);
  } finally {
    await Promise.all([migrated.close(), scratch.close()]);
  }
}
