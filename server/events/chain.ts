import { createHash } from 'node:crypto';
import type { Event } from './Event.ts';

/** What the first link hangs on. Fixed, since another one would make another chain. */
export const GENESIS = createHash('sha256').update('quarterdeck event chain').digest();

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
