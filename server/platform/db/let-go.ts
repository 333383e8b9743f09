import type { Pool, PoolClient } from 'pg';

/**
 * Has a pool let go of connections that end while somebody holds them. Kysely, beneath MikroORM, hands a connection back when its
 * transaction is committed or rolled back, and on one that is gone neither succeeds: each restart of PostgreSQL, and each connection
 * that it ends for idling in a transaction, would take a place in the pool for good, until there is none.
 */
export function letGoOfEnded(pool: Pool): void {
  const held = new WeakSet<PoolClient>();
  pool.on('acquire', client => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', client => {
    // a single query is told of the end now, and hands its connection back before the next turn of the loop
    client.once('end', () => setImmediate(() => held.has(client) && client.release(true)));
  });
}
