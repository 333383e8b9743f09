import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../platform/actor.ts';

/**
 * How many rows a page of a list has: what the request asks for, else the person's own choice, else the installation's.
 * Programs with a key have no choice of their own.
 */
export async function pageSizeFor(em: EntityManager, actor: Actor, query: { pageSize?: number | undefined }): Promise<number> {
  if (query.pageSize !== undefined) return query.pageSize;
  const person = actor.kind === 'admin' ? (actor.id ?? null) : null;
  const [row] = await em.execute<{ rows: number }[]>(
    `select coalesce((select rows_per_page from admin where id = ?), o.rows_per_page) as rows from organisation o where o.id = 1`,
    [person],
  );
  if (!row) throw new Error('there is no organisation yet');
  return row.rows;
}
