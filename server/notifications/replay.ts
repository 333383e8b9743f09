import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { Delivery } from './Delivery.ts';
import type { PlannedDelivery } from './plan.ts';
import { type DeliveryFilter, oldestOf } from './queries.ts';
import { storedProviderLabel } from './provider-label.ts';

const ANEW = `state = 'queued', reason = null, tries = 0, next_try_at = now(), finished_at = null, version = version + 1`;
/** As many are sent again at once. */
const AT_ONCE = 1000;

/**
 * Begins a new round of tries for a delivery that ended without being sent. It keeps its id.
 * @throws Problem `not_found`, `not_replayable`
 */
export function replayDelivery(em: EntityManager, actor: Actor, id: string): Promise<void> {
  return em.transactional(async em => {
    const delivery = await em.findOne(Delivery, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!delivery) throw new Problem('not_found');
    if (delivery.state !== 'failed' && delivery.state !== 'suppressed') throw new Problem('not_replayable');
    await em.execute(`update delivery set ${ANEW} where id = ?`, [id]);
    const provider = storedProviderLabel(delivery.provider);
    record(em, actor, 'delivery.replayed', { deliveryId: id, provider, target: delivery.targetLabel });
  });
}

/**
 * Begins a new round of tries for what failed and fits the filter, oldest first.
 * @returns what waits now, and how many more stand as failed
 */
export function replayDeliveries(
  em: EntityManager,
  actor: Actor,
  filter: Omit<DeliveryFilter, 'state'>,
): Promise<{ replayed: PlannedDelivery[]; left: number }> {
  return em.transactional(async em => {
    const { ids, total } = await oldestOf(em, { ...filter, state: 'failed' }, AT_ONCE);
    const replayed =
      ids.length === 0
        ? []
        : await em.execute<PlannedDelivery[]>(`update delivery set ${ANEW} where id in (?) and state = 'failed' returning id, provider`, [
            ids,
          ]);
    if (replayed.length > 0) record(em, actor, 'deliveries.replayed', { deliveries: replayed.length });
    return { replayed, left: total - ids.length };
  });
}
