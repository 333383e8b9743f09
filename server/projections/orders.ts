import type { EntityManager } from '@mikro-orm/postgresql';
import { order } from '#contract/events/business.ts';
import { ProjectedOrder } from './ProjectedOrder.ts';
import { type Happened, rowsOf, toldOf } from './happened.ts';
import { hear } from './heard.ts';

const STATES = ['placed', 'accepted', 'cancelled', 'marked-as-fraud'] as const;
const stateOf = (verb: string) => STATES.find(state => state === verb);

/** Follows what becomes of orders. */
export async function takeOrders(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const told = toldOf(events, 'order', order);
  if (told.length === 0) return;
  const keys = told.map(({ facts }) => facts.order);
  const known = await em.find(ProjectedOrder, { order: { $in: keys } });
  const rows = rowsOf(keys, new Map(known.map(row => [row.order, row])), key =>
    em.create(ProjectedOrder, { order: key, state: 'placed', stateAt: new Date(0), currency: '', amount: '0', heard: {} }),
  );
  for (const { verb, at, stamp, facts } of told) {
    const row = rows.get(facts.order);
    if (!row) continue;
    const { currency, amount } = facts.total;
    hear(row, { state: stateOf(verb), stateAt: at, client: facts.client, currency, amount: String(amount) }, stamp);
    if (verb === 'placed' && !(row.placedAt && row.placedAt <= at)) row.placedAt = at; // told twice, it was placed the first time
  }
}
