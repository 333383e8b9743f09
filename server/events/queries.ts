import type { EntityManager } from '@mikro-orm/postgresql';
import { EventSeal } from './Event.ts';

/** Numbered events in order, from the one after `after`. Numbers are given after the commit, one dispatcher at a time, so none comes late. */
export const eventsAfter = (em: EntityManager, after: number, limit: number): Promise<EventSeal[]> =>
  em.find(EventSeal, { seq: { $gt: after } }, { orderBy: { seq: 'asc' }, limit, populate: ['event'] });
