import type { ActivityFilter } from '#contract/activity.ts';
import { BUSINESS_TYPES, recordable } from '#contract/events.ts';
import type { Family } from '#contract/events/event.ts';
import { NAMED_IDS } from '../events/Event.ts';

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
  search: words => {
    const pattern = containing(words);
    return ['(e.actor_name ilike ? or e.type ilike ? or e.facts::text ilike ?)', pattern, pattern, pattern];
  },
};

/** What a filter asks, as SQL over `event_seal s join event e`. What is empty asks nothing. */
export function whereOf(filter: ActivityFilter, before?: number): { sql: string; values: unknown[] } {
  const asked: Condition[] = before === undefined ? [] : [['s.seq < ?', before]];
  for (const name of Object.keys(conditions) as (keyof ActivityFilter)[]) {
    const value = filter[name];
    // the entry of a name takes what stands under that name; the checker loses sight of that when names are gone over
    if (value) asked.push((conditions[name] as (asked: string) => Condition)(value));
  }
  return { sql: asked.map(([sql]) => sql).join(' and ') || 'true', values: asked.flatMap(([, ...values]) => values) };
}
