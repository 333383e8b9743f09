import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityEntry, ActivityFilter } from '#contract/activity.ts';
import { type CsvColumn, csvOf } from '../platform/csv.ts';
import { Download } from '../platform/http/download.ts';
import { later } from '../words/say.ts';
import { presentEntries } from './present.ts';
import { allEvents } from './queries.ts';

const columns: CsvColumn<ActivityEntry>[] = [
  { head: later('Number'), cell: ({ seq }) => seq },
  { head: later('At'), cell: ({ at }) => at },
  { head: later('Who'), cell: ({ actor }) => actor.name },
  { head: later('Kind of actor'), cell: ({ actor }) => actor.kind },
  { head: later('What'), cell: ({ title }) => title },
  { head: later('Event'), cell: ({ type }) => type },
  { head: later('Family'), cell: ({ family }) => family },
  { head: later('Address'), cell: ({ address }) => address },
  { head: later('Device'), cell: ({ device }) => device },
  { head: later('Login session'), cell: ({ session }) => session },
  { head: later('Request'), cell: ({ requestId }) => requestId },
  { head: later('Facts'), cell: ({ facts }) => JSON.stringify(facts) },
];

async function* entries(em: EntityManager, filter: ActivityFilter): AsyncGenerator<ActivityEntry> {
  for await (const part of allEvents(em, filter)) yield* await presentEntries(em, part);
}

/** What a filter finds as a file, made while it is read. @param now names the file */
export const exportOf = (em: EntityManager, filter: ActivityFilter, now: Date): Download =>
  new Download(`activity-${now.toISOString().slice(0, 10)}.csv`, 'text/csv', csvOf(columns, entries(em, filter)));
