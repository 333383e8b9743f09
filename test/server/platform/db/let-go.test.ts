import { expect } from 'vitest';
import { openOrm } from '#server/platform/db/orm.ts';
import { test } from '../../../support/world.ts';

const PLACES = 2; // in the pool

/** PostgreSQL ends a connection while a transaction has it: before its next statement, or before its commit. */
const cutIn = (orm: Awaited<ReturnType<typeof openOrm>>, other: typeof orm, then: 'asks on' | 'commits'): Promise<unknown> =>
  orm.em.fork().transactional(async em => {
    const [backend] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
    await other.em.fork().execute('select pg_terminate_backend(?, 5000)', [backend?.pid]);
    if (then === 'asks on') await em.execute('select 1');
  });

test('connections that PostgreSQL ends in the middle of transactions take no place for good, and hold up no end', async ({
  orm,
  database,
}) => {
  const small = await openOrm(database, { pool: { min: 0, max: PLACES } });
  for (let round = 0; round < 2 * PLACES; round++)
    await expect(cutIn(small, orm, round % 2 === 0 ? 'asks on' : 'commits')).rejects.toThrow();
  const all = Array.from({ length: PLACES }, () => small.em.fork().transactional(em => em.execute('select pg_sleep(0.05), 1 as one')));
  await expect(Promise.all(all)).resolves.toHaveLength(PLACES);
  await small.close();
});
