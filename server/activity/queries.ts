import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityFilter } from '#contract/activity.ts';
import { deviceOf } from '../auth/device.ts';
import { EventSeal } from '../events/Event.ts';
import { whereOf } from './filter.ts';

/** Numbered events with their event loaded, newest first, from the one before `before` on. */
export async function newestEvents(
  em: EntityManager,
  filter: ActivityFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<EventSeal[]> {
  const { sql, values } = whereOf(filter, before);
  const rows = await em.execute<{ seq: string }[]>(
    `select s.seq from event_seal s join event e on e.id = s.event_id where ${sql} order by s.seq desc limit ?`,
    [...values, limit],
  );
  if (rows.length === 0) return [];
  return em.find(EventSeal, { seq: { $in: rows.map(({ seq }) => Number(seq)) } }, { orderBy: { seq: 'desc' }, populate: ['event'] });
}

const AT_ONCE = 500;
/** All that a filter finds, newest first, read a part at a time: it may be more than fits into memory, and the reader may leave. */
export async function* allEvents(em: EntityManager, filter: ActivityFilter): AsyncGenerator<EventSeal[]> {
  for (let before: number | undefined; ;) {
    const part = await newestEvents(em.fork(), filter, { before, limit: AT_ONCE });
    if (part.length > 0) yield part;
    before = part.at(-1)?.seq;
    if (part.length < AT_ONCE) return;
  }
}

/** What device each of these login sessions says it is on. */
export async function devicesOf(em: EntityManager, sessionIds: Iterable<string | null | undefined>): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(sessionIds)].filter(id => typeof id === 'string');
  if (ids.length === 0) return new Map();
  const rows = await em.execute<{ id: string; user_agent: string }[]>('select id, user_agent from session where id in (?)', [ids]);
  return new Map(rows.map(({ id, user_agent }) => [id, deviceOf(user_agent)]));
}
