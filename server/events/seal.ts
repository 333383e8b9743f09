import type { EntityManager } from '@mikro-orm/postgresql';
import { GENESIS, linkHash } from './chain.ts';
import { Event, EventPending, EventSeal } from './Event.ts';

/** Any number will do, as long as it stays the same and nothing else takes it. */
const SEALING_LOCK = 5_103_720_252;
/** How many events are numbered in one transaction. */
const AT_ONCE = 500;

export interface Sealed {
  seq: number;
  event: Event;
}

/**
 * Gives the events that wait for one their numbers, without a gap, and their links in the chain; one caller at a time.
 * Numbers are given after the commit of what happened, so that whoever reads on from a number never misses a late commit.
 * @param em in a transaction, with which all of it comes true or not.
 * @returns the events in the order of their numbers; none when none waits.
 */
export async function sealPending(em: EntityManager): Promise<Sealed[]> {
  await em.execute('select pg_advisory_xact_lock(?)', [SEALING_LOCK]);
  const pending = await em.find(EventPending, {}, { orderBy: { id: 'asc' }, limit: AT_ONCE, disableIdentityMap: true });
  if (pending.length === 0) return [];
  const ids = pending.map(({ id }) => id);
  const events = await em.find(Event, { id: { $in: ids } }, { orderBy: { id: 'asc' } });
  const [last] = await em.find(EventSeal, {}, { orderBy: { seq: 'desc' }, limit: 1, disableIdentityMap: true });

  let [seq, previousHash]: [number, Uint8Array] = last ? [last.seq, last.hash] : [0, GENESIS];
  const links = events.map(event => {
    seq += 1;
    const hash = linkHash(previousHash, seq, event);
    const link = { seq, event, previousHash, hash };
    previousHash = hash;
    return link;
  });
  const sealed = links.map(({ seq, event }) => ({ seq, event }));
  await em.insertMany(EventSeal, links); // which leaves only the event's id in each link
  await em.nativeDelete(EventPending, { id: { $in: ids } });
  return sealed;
}
