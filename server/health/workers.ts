import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';

/** How long a worker may be silent before it is missed, in seconds: one that is started again at once is nobody's concern. */
export const SILENCE = 40;

export interface WorkerName {
  id: string;
  /** Its machine and process, for people. */
  name: string;
}

const working = async (em: EntityManager): Promise<number> => {
  const [row] = await em.execute<{ count: number }[]>('select count(*)::int as count from worker_sign where gone_at is null');
  return row?.count ?? 0;
};

/** Takes the place of the worker that is missing longest. @returns whether one was */
async function succeed(em: EntityManager, { id }: WorkerName): Promise<boolean> {
  const [missing] = await em.execute<{ id: string }[]>(
    `delete from worker_sign where id = (select id from worker_sign where gone_at is not null order by gone_at limit 1 for update skip locked) returning id`,
  );
  if (missing) await em.execute('update worker_sign set succeeds = ? where id = ?', [missing.id, id]);
  return missing !== undefined;
}

/** Says that a worker lives; to be said every 10 s. One that was missed, or takes the place of one, is back: that is told. */
export async function hearWorker(em: EntityManager, worker: WorkerName): Promise<void> {
  await em.transactional(async em => {
    const { id, name } = worker;
    const asleep = await em.execute<{ id: string }[]>(
      'update worker_sign set heard_at = now(), gone_at = null where id = ? and gone_at is not null returning id',
      [id],
    );
    const [row] = await em.execute<{ fresh: boolean }[]>(
      'insert into worker_sign (id, name) values (?, ?) on conflict (id) do update set heard_at = now() returning xmax = 0 as fresh',
      [id, name],
    );
    if (asleep.length > 0 || (row?.fresh && (await succeed(em, worker))))
      record(em, SYSTEM, 'worker.back', { worker: name, working: await working(em) });
  });
}

/** Takes note that a worker stops as it should: it is not missed. */
export async function dismissWorker(em: EntityManager, { id }: WorkerName): Promise<void> {
  await em.execute('delete from worker_sign where id = ?', [id]);
}

/** A younger one that nobody has counted yet is in its place. */
const replaced = async (em: EntityManager, id: string): Promise<boolean> => {
  const heirs = await em.execute<{ id: string }[]>(
    `update worker_sign set succeeds = ? where id = (
       select heir.id from worker_sign heir join worker_sign missed on missed.id = ?
        where heir.gone_at is null and heir.succeeds is null and heir.id <> missed.id and heir.started_at >= missed.heard_at
        order by heir.started_at limit 1 for update of heir skip locked) returning id`,
    [id, id],
  );
  return heirs.length > 0;
};

/**
 * Finds the workers that went without a word, and tells of each once, however many look: unless another has taken its place meanwhile.
 * After a day without one, the place is given up.
 */
export async function missWorkers(em: EntityManager): Promise<void> {
  await em.transactional(async em => {
    const silent = await em.execute<WorkerName[]>(
      `update worker_sign set gone_at = now() where id in (
         select id from worker_sign where gone_at is null and heard_at < now() - interval '${SILENCE} seconds' for update skip locked)
       returning id, name`,
    );
    for (const { id, name } of silent) {
      if (await replaced(em, id)) await em.execute('delete from worker_sign where id = ?', [id]);
      else record(em, SYSTEM, 'worker.gone', { worker: name, working: await working(em) });
    }
    await em.execute(`delete from worker_sign where gone_at < now() - interval '1 day'`);
  });
}
