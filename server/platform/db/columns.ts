import { p } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';

let latest = { ms: 0, count: 0 };

/**
 * A UUID of version 7. Ids are made by us, so that a row can be named before it is stored, and in order of time, so that an
 * index grows at its end. Those of one process sort as they were made, also within a millisecond: the bits after the time
 * count (RFC 9562, 6.2, method 1), since events that happened together must keep their order.
 */
export function uuidv7(): string {
  const now = Date.now();
  if (now > latest.ms) latest = { ms: now, count: 0 };
  else latest = latest.count < 0xfff ? { ms: latest.ms, count: latest.count + 1 } : { ms: latest.ms + 1, count: 0 };
  const ms = latest.ms.toString(16).padStart(12, '0');
  const count = latest.count.toString(16).padStart(3, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${count}-${randomUUID().slice(19)}`;
}
export const idColumn = () => p.uuid().primary().onCreate(uuidv7);
/** The database's clock, which every comparison with a deadline uses too. */
export const nowColumn = () => p.datetime().defaultRaw('now()');
export const versionColumn = () => p.integer().version();
