import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash } from 'node:crypto';
import { type Event, EventSeal } from './Event.ts';

/** What the first link hangs on. Fixed, since another one would make another chain. */
export const GENESIS = createHash('sha256').update('quarterdeck event chain').digest();

const PAGE = 1000;

/** JSON with the keys in order, so that equal things have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The hash that an event gets under its number: SHA-256 over the previous hash and all that the event says. */
export function linkHash(previous: Uint8Array, seq: number, event: Event): Buffer {
  const { id, type, at, storedAt, actorKind, actorId, actorName, address, sessionId, requestId, facts, clientId } = event;
  const said = { seq, id, type, at, storedAt, actorKind, actorId, actorName, address, sessionId, requestId, facts, clientId };
  return createHash('sha256').update(previous).update(canonical(said)).digest();
}

export interface ChainReport {
  /** How many events hang together, from the first on. */
  intact: number;
  /** The hash of the last of them, in hex: noted elsewhere, it shows later whether the end was cut off. */
  head: string;
  /** The first that does not fit, if there is one. */
  broken?: { seq: number; eventId: string; reason: string };
}

/** Computes the chain again from the first event on, a page at a time, and stops at the first that does not fit. */
export async function verifyChain(em: EntityManager): Promise<ChainReport> {
  let [intact, head]: [number, Uint8Array] = [0, GENESIS];
  for (;;) {
    const page = await em
      .fork({ keepTransactionContext: true })
      .find(EventSeal, { seq: { $gt: intact } }, { populate: ['event'], orderBy: { seq: 'asc' }, limit: PAGE });
    for (const { seq, event, previousHash, hash } of page) {
      const reason = flaw({ expected: intact + 1, head }, { seq, event, previousHash, hash });
      if (reason !== undefined) return { intact, head: Buffer.from(head).toString('hex'), broken: { seq, eventId: event.id, reason } };
      [intact, head] = [seq, hash];
    }
    if (page.length < PAGE) return { intact, head: Buffer.from(head).toString('hex') };
  }
}

interface Link {
  seq: number;
  event: Event;
  previousHash: Uint8Array;
  hash: Uint8Array;
}

function flaw({ expected, head }: { expected: number; head: Uint8Array }, { seq, event, previousHash, hash }: Link): string | undefined {
  if (seq !== expected) return `number ${expected} is missing`;
  if (Buffer.compare(previousHash, head) !== 0) return 'it does not hang on the event before it';
  if (Buffer.compare(linkHash(head, seq, event), hash) !== 0) return 'what it says was changed after it was sealed';
  return undefined;
}
