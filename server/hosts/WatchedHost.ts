import { defineEntity, p } from '@mikro-orm/postgresql';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';

const WatchedHostSchema = defineEntity({
  name: 'WatchedHost',
  properties: {
    id: idColumn(),
    name: p.text(),
    /** `https://…` or `http://…`, or `host:port`. */
    target: p.text(),
    expectedStatus: p.integer(),
    /** In ms. */
    within: p.integer(),
    everySeconds: p.integer(),
    /** So many checks in a row have to agree before it counts as down, or as back. */
    steady: p.integer(),
    state: p.enum(['unknown', 'up', 'down'] as const).default('unknown'),
    /** Since when it is so. */
    since: p.datetime().nullable(),
    /** How many of the latest checks in a row said otherwise, and when the first of them was. */
    streak: p.integer().default(0),
    streakSince: p.datetime().nullable(),
    lastAt: p.datetime().nullable(),
    lastMs: p.integer().nullable(),
    lastReason: p.text().nullable(),
    /** When it is looked at next. */
    dueAt: nowColumn(),
    /** Counts what people change; checks leave it alone. */
    version: versionColumn(),
  },
  uniques: [
    { name: 'watched_host_name_unique', expression: 'create unique index "watched_host_name_unique" on "watched_host" (lower("name"))' },
  ],
});
/** A host that the organisation has watched, and how it is. */
export class WatchedHost extends WatchedHostSchema.class {}
WatchedHostSchema.setClass(WatchedHost);

const HostCheckSchema = defineEntity({
  name: 'HostCheck',
  properties: {
    id: idColumn(),
    host: () => p.manyToOne(WatchedHost).deleteRule('cascade'),
    at: nowColumn(),
    ms: p.integer(),
    /** Why it counts as a failure; null: it does not. */
    reason: p.text().nullable(),
    /** What it turned the host into, if it did. */
    turned: p.enum(['down', 'back'] as const).nullable(),
  },
  indexes: [{ properties: ['host', 'at'] }, { properties: ['at'] }],
});
/** One look at a host. */
export class HostCheck extends HostCheckSchema.class {}
HostCheckSchema.setClass(HostCheck);
