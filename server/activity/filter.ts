import type { ActivityFilter } from '#contract/activity.ts';
import { BUSINESS_TYPES, recordable } from '#contract/events.ts';
import type { Family } from '#contract/events/event.ts';
import { NAMED_IDS, SEARCHED } from '../events/Event.ts';

/** As in the index, with its question mark told apart from those that stand for a value. */
const NAMED = NAMED_IDS.replaceAll('?', String.raw`\?`);

const typesOf = (family: Family): string[] =>
  family === 'business' ? BUSINESS_TYPES : Object.entries(recordable).flatMap(([type, kind]) => (kind.family === family ? [type] : []));
/** `%` and `_` as themselves within a pattern. */
const containing = (words: string): string => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

type Condition = [sql: string, ...values: unknown[]];

/** One condition for each thing that may be asked for. */
const conditions: { [Name in keyof Required<ActivityFilter>]: (asked: NonNullable<ActivityFilter[Name]>) => Condition } = {
  family: family => (family === 'custom' ? [`e.type like 'custom.%'`] : ['e.type in (?)', typesOf(family)]),
  type: type => ['e.type = ?', type],
  actor: actor => ['e.actor_id = ?', actor],
  object: object => [`(${NAMED} @> ?::jsonb or e.actor_id = ?)`, JSON.stringify([object]), object],
  address: address => ['e.address = ?', address],
  session: session => ['e.session_id = ?', session],
  from: from => ['e.at >= ?', from],
  to: to => ['e.at < ?', to],
  search: words => [`${SEARCHED} ilike ?`, containing(words)],
};

/**
 * A range is found by its time or by passing by all that is newer. PostgreSQL cannot tell that numbers and times go together and would
 * do the latter even for one day long ago: where more time lies after the range than within, `offset 0` makes it do the former.
 */
const within = (from: string, to: string): Condition => ['e.id in (select id from event where at >= ? and at < ? offset 0)', from, to];
const isLongAgo = (from: string, to: string, now: number): boolean => Date.parse(to) - Date.parse(from) < now - Date.parse(to);

/** What a filter asks, as SQL over `event_seal s join event e`. What is empty asks nothing. @param before what is newer was seen already */
export function whereOf({ ...filter }: ActivityFilter, before?: number, now = Date.now()): { sql: string; values: unknown[] } {
  const asked: Condition[] = before === undefined ? [] : [['s.seq < ?', before]];
  const { from, to } = filter;
  if (from && to && before === undefined && isLongAgo(from, to, now)) {
    asked.push(within(from, to));
    delete filter.from;
    delete filter.to;
  }
  for (const name of Object.keys(conditions) as (keyof ActivityFilter)[]) {
    const value = filter[name];
    // the entry of a name takes what stands under that name; the checker loses sight of that when names are gone over
    if (value) asked.push((conditions[name] as (asked: string) => Condition)(value));
  }
  return { sql: asked.map(([sql]) => sql).join(' and ') || 'true', values: asked.flatMap(([, ...values]) => values) };
}
