import { DriverException, type EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { ProjectionState } from './ProjectionState.ts';
import { happenedAfter } from './happened.ts';
import { PROJECTED, take } from './take.ts';

/** To be raised when rows come to mean something else: those of another shape are made anew before anything is added. */
const SHAPE = 1;
/** Any number will do, as long as it stays the same and nothing else takes it. */
const PROJECTING_LOCK = 5_103_720_253;
/** How many events are taken in one go. */
const AT_ONCE = 500;
/** How long to wait for somebody else who is at it, in ms. */
const PATIENCE = 250;
/** What PostgreSQL calls it when that time is over. */
const LOCK_NOT_AVAILABLE = '55P03';

export interface Projected {
  /** The types of the events that are in the figures now and were not before. */
  types: ReadonlySet<string>;
  /** Whether there may be more to take. */
  behind: boolean;
}

/** Takes the events after a number. @returns how far that came */
async function takeAfter(em: EntityManager, after: number): Promise<Projected & { seq: number }> {
  const events = await happenedAfter(em, after, AT_ONCE);
  await take(em, events);
  em.clear(); // or a long run would keep every row it met
  return { types: new Set(events.map(({ type }) => type)), seq: events.at(-1)?.seq ?? after, behind: events.length === AT_ONCE };
}

/** Makes all figures from the first event on, in the caller's transaction: whoever reads meanwhile sees those from before. */
async function makeAnew(em: EntityManager, progress?: (seq: number) => unknown): Promise<Projected> {
  await em.execute('set local statement_timeout = 0'); // to delete takes what it takes
  for (const table of PROJECTED) await em.nativeDelete(table, {});
  let types: ReadonlySet<string> = new Set();
  let taken = { seq: 0, behind: true };
  while (taken.behind) {
    const next = await takeAfter(em, taken.seq);
    types = new Set([...types, ...next.types]);
    taken = next;
    await progress?.(taken.seq);
  }
  await em.upsert(ProjectionState, { id: 1, seq: taken.seq, shape: SHAPE, rebuiltAt: await databaseNow(em) });
  return { types, behind: false };
}

/**
 * Brings the figures on by up to 500 events, in one transaction with the note of how far they have come: an event is in both or in
 * neither, whenever this process dies. It is another transaction than the one that numbers events, since figures that cannot be
 * made must hold up neither numbers nor messages; and what an earlier version left is made up for by itself.
 */
export async function project(em: EntityManager): Promise<Projected> {
  try {
    return await em.fork().transactional(async em => {
      await em.execute(`set local lock_timeout = ${PATIENCE}`);
      await em.execute('select pg_advisory_xact_lock(?)', [PROJECTING_LOCK]);
      const state = await em.findOne(ProjectionState, 1);
      if (state?.shape !== SHAPE) return await makeAnew(em);
      const { seq, ...projected } = await takeAfter(em, state.seq);
      if (seq !== state.seq) await em.nativeUpdate(ProjectionState, 1, { seq });
      return projected;
    });
  } catch (error) {
    if (error instanceof DriverException && error.code === LOCK_NOT_AVAILABLE) return { types: new Set(), behind: true };
    throw error;
  }
}

/**
 * Makes all figures anew from the events. Until it is done everybody sees the figures from before; what happens meanwhile is
 * added afterwards.
 * @param progress hears the number of the last event taken, after every 500, and is waited for.
 */
export function rebuildProjections(em: EntityManager, actor: Actor, progress: (seq: number) => unknown): Promise<void> {
  return em.fork().transactional(async em => {
    await em.execute('set local lock_timeout = 0');
    await em.execute('select pg_advisory_xact_lock(?)', [PROJECTING_LOCK]);
    await makeAnew(em, progress);
    record(em, actor, 'projections.rebuilt', {});
  });
}
