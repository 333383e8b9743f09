import { p } from '@mikro-orm/postgresql';
import { randomUUIDv7 } from 'node:crypto';

/** Ids are made by us, so that a row can be named before it is stored, and in order of time, so that an index grows at its end. */
export const uuidv7 = (): string => randomUUIDv7();
export const idColumn = () => p.uuid().primary().onCreate(uuidv7);
/** The database's clock, which every comparison with a deadline uses too. */
export const nowColumn = () => p.datetime().defaultRaw('now()');
export const versionColumn = () => p.integer().version();
