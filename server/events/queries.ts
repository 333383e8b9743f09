import type { EntityManager } from '@mikro-orm/postgresql';
import { BUSINESS_TYPES, recordable } from '#contract/events.ts';
import type { Family } from '#contract/events/event.ts';
import { EventSeal } from './Event.ts';

export interface ActivityFilter {
  before?: number | undefined;
  family?: Family | undefined;
  type?: string | undefined;
  actor?: string | undefined;
  search?: string | undefined;
}

const typesOf = (family: Family): string[] =>
  family === 'business' ? BUSINESS_TYPES : Object.entries(recordable).flatMap(([type, kind]) => (kind.family === family ? [type] : []));
const literal = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** What a filter asks, as SQL over `event_seal s join event e`. */
function whereOf({ before, family, type, actor, search }: ActivityFilter): { sql: string; values: unknown[] } {
  const conditions: [sql: string, ...values: unknown[]][] = [];
  if (before !== undefined) conditions.push(['s.seq < ?', before]);
  if (family === 'custom') conditions.push([`e.type like 'custom.%'`]);
  else if (family)
    conditions.push([
      `e.type in (${typesOf(family)
        .map(() => '?')
        .join(', ')})`,
      ...typesOf(family),
    ]);
  if (type) conditions.push(['e.type = ?', type]);
  if (actor) conditions.push(['e.actor_id = ?', actor]);
  if (search)
    conditions.push([
      '(e.actor_name ilike ? or e.type ilike ? or e.facts::text ilike ?)',
      literal(search),
      literal(search),
      literal(search),
    ]);
  return { sql: conditions.map(([sql]) => sql).join(' and ') || 'true', values: conditions.flatMap(([, ...values]) => values) };
}

/** Numbered events, newest first, with their event loaded. */
export async function newestEvents(em: EntityManager, filter: ActivityFilter, limit: number): Promise<EventSeal[]> {
  const { sql, values } = whereOf(filter);
  const rows = await em.execute<{ seq: string }[]>(
    `select s.seq from event_seal s join event e on e.id = s.event_id where ${sql} order by s.seq desc limit ?`,
    [...values, limit],
  );
  return em.find(EventSeal, { seq: { $in: rows.map(({ seq }) => Number(seq)) } }, { orderBy: { seq: 'desc' }, populate: ['event'] });
}

/** Numbered events in order, from the one after `after`. Numbers are given after the commit, one dispatcher at a time, so none comes late. */
export const eventsAfter = (em: EntityManager, after: number, limit: number): Promise<EventSeal[]> =>
  em.find(EventSeal, { seq: { $gt: after } }, { orderBy: { seq: 'asc' }, limit, populate: ['event'] });
