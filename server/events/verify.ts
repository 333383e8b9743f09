import type { EntityManager } from '@mikro-orm/postgresql';
import { type Event, EventSeal } from './Event.ts';
import { GENESIS, linkHash } from './chain.ts';
import { say } from '../words/say.ts';

const PAGE = 1000;

/** A place in the chain: a number and the hash that stood there, noted at some time. */
export interface Place {
  seq: number;
  hash: Uint8Array;
}
/** A seal as it is found; its event may be gone. */
interface Link extends Place {
  event: Event | null;
  previousHash: Uint8Array;
}
export interface Break {
  seq: number;
  /** Absent where the entry itself is gone. */
  eventId?: string;
  /** What differs, in words. */
  reason: string;
}
export interface ChainReport {
  /** The last number up to which all hangs together. */
  intact: number;
  /** Its hash: noted elsewhere, it shows later whether the end was cut off or all was written anew. */
  head: Uint8Array;
  /** The first that does not fit, if there is one. */
  broken?: Break;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const lastSeq = async (em: EntityManager): Promise<number> => {
  const [row] = await em.execute<{ seq: string | null }[]>('select max(seq) as seq from event_seal');
  return Number(row?.seq ?? 0);
};

/** Whether another entry nearby fits where this one stands: then they changed places. */
function ownerOf(hash: Uint8Array, head: Uint8Array, seq: number, page: readonly Link[]): Link | undefined {
  return page.find(({ event }) => event !== null && same(linkHash(head, seq, event), hash));
}

/** What is wrong with a link, after all before it was right. */
async function flaw(em: EntityManager, before: Place, seal: Link, page: readonly Link[]): Promise<Break | undefined> {
  const { seq, event, previousHash, hash } = seal;
  const expected = before.seq + 1;
  if (seq !== expected)
    return { seq: expected, reason: say('its number is missing: after #{seq} comes #{seq2}', { seq: before.seq, seq2: seq }) };
  if (event === null) return { seq, reason: say('the event was deleted, only its seal is left') };
  const at = { seq, eventId: event.id };
  if (!same(previousHash, before.hash)) {
    const [other] = await em.execute<{ seq: string }[]>('select seq from event_seal where hash = ?', [Buffer.from(previousHash)]);
    return {
      ...at,
      reason: other
        ? say('it was moved: it hangs on #{seq}, not on #{seq2}', { seq: other.seq, seq2: before.seq })
        : say('the entry it hangs on, between #{seq} and it, was taken away', { seq: before.seq }),
    };
  }
  if (same(linkHash(before.hash, seq, event), hash)) return undefined;
  const owner = ownerOf(hash, before.hash, seq, page);
  return {
    ...at,
    reason: owner
      ? say('what stands here belongs to #{seq}: entries changed places', { seq: owner.seq })
      : say('what it says was changed after it was sealed'),
  };
}

/** Follows the links from a place on, a page at a time, to the first that does not fit. */
async function follow(em: EntityManager, from: Place): Promise<ChainReport> {
  let place = from;
  for (;;) {
    // not joined: a seal whose event is gone must be seen, too
    const page: Link[] = await em
      .fork({ keepTransactionContext: true })
      .find(EventSeal, { seq: { $gt: place.seq } }, { populate: ['event'], strategy: 'select-in', orderBy: { seq: 'asc' }, limit: PAGE });
    for (const seal of page) {
      const broken = await flaw(em, place, seal, page);
      if (broken) return { intact: place.seq, head: place.hash, broken };
      place = { seq: seal.seq, hash: seal.hash };
    }
    if (page.length < PAGE) return { intact: place.seq, head: place.hash };
  }
}

/** What only a look from outside the chain shows: its end is gone, it was written anew, or events lost their numbers. */
async function outside(em: EntityManager, { intact }: ChainReport, noted: readonly Place[]): Promise<Break | undefined> {
  const last = await lastSeq(em);
  for (const { seq, hash } of noted) {
    const [row] = await em.execute<{ hash: Buffer }[]>('select hash from event_seal where seq = ?', [seq]);
    if (seq > last)
      return { seq: intact + 1, reason: say('the end was cut off: #{seq} was there once, and the log ends with #{last}', { seq, last }) };
    if (row && !same(row.hash, hash))
      return { seq, reason: say('the log was written anew: #{seq} had another hash when it was noted', { seq }) };
  }
  const [loose] = await em.execute<{ id: string; number: number }[]>(
    `select min(e.id::text) as id, count(*)::int as number from event e
      where not exists (select from event_seal s where s.event_id = e.id) and not exists (select from event_pending p where p.id = e.id)`,
  );
  if (!loose || loose.number === 0) return undefined;
  const { number } = loose;
  const reason =
    number === 1
      ? say('an event has lost the number: the seal was deleted')
      : say('{number} events have lost the number: the seal was deleted', { number });
  return { seq: intact + 1, eventId: loose.id, reason };
}

interface Options {
  /** Where to begin; what was verified before it is believed. Absent: the first entry. */
  from?: Place | undefined;
  /** Places noted earlier, which must still be there. */
  noted?: readonly Place[];
}

/** Computes the chain again and stops at the first entry that does not fit. */
export async function verifyChain(em: EntityManager, { from, noted = [] }: Options = {}): Promise<ChainReport> {
  const kept = from === undefined ? undefined : await em.fork({ keepTransactionContext: true }).findOne(EventSeal, from.seq);
  // what was verified is no longer so: only the whole shows where
  const begin = from && kept && same(kept.hash, from.hash) ? from : { seq: 0, hash: GENESIS };
  const report = await follow(em, begin);
  if (report.broken) return report;
  const broken = await outside(em, report, from ? [from, ...noted] : noted);
  return broken ? { ...report, broken } : report;
}
