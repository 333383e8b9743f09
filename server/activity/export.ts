import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityEntry, ActivityFilter } from '#contract/activity.ts';
import { type CsvColumn, csvOf } from '../platform/csv.ts';
import { Download } from '../platform/http/download.ts';
import { presentEntries } from './present.ts';
import { allEvents } from './queries.ts';

const columns: CsvColumn<ActivityEntry>[] = [
  { head: 'Number', cell: ({ seq }) => seq },
  { head: 'At', cell: ({ at }) => at },
  { head: 'Who', cell: ({ actor }) => actor.name },
  { head: 'Kind of actor', cell: ({ actor }) => actor.kind },
  { head: 'What', cell: ({ title }) => title },
  { head: 'Event', cell: ({ type }) => type },
  { head: 'Family', cell: ({ family }) => family },
  { head: 'Address', cell: ({ address }) => address },
  { head: 'Device', cell: ({ device }) => device },
  { head: 'Login session', cell: ({ session }) => session },
  { head: 'Request', cell: ({ requestId }) => requestId },
  { head: 'Facts', cell: ({ facts }) => JSON.stringify(facts) },
];

async function* entries(em: EntityManager, filter: ActivityFilter): AsyncGenerator<ActivityEntry> {
  for await (const part of allEvents(em, filter)) yield* await presentEntries(em, part);
}

/** What a filter finds as a file, made while it is read. @param now names the file */
export const exportOf = (em: EntityManager, filter: ActivityFilter, now: Date): Download =>
  new Download(`activity-${now.toISOString().slice(0, 10)}.csv`, 'text/csv', csvOf(columns, entries(em, filter)));
