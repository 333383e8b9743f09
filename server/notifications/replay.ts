import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import { Delivery } from './Delivery.ts';
import { providers } from './providers/_all.ts';

/**
 * Begins a new round of tries for a delivery that ended without being sent. It keeps its id.
 * @throws Problem `not_found`, `not_replayable`
 */
export function replayDelivery(em: EntityManager, actor: Actor, id: string): Promise<void> {
  return em.transactional(async em => {
    const delivery = await em.findOne(Delivery, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!delivery) throw new Problem('not_found');
    if (delivery.state !== 'failed' && delivery.state !== 'suppressed') throw new Problem('not_replayable');
    await em.execute(
      `update delivery set state = 'queued', reason = null, tries = 0, next_try_at = now(), finished_at = null, version = version + 1 where id = ?`,
      [id],
    );
    const provider = providers.get(delivery.provider)?.label ?? delivery.provider;
    record(em, actor, 'delivery.replayed', { deliveryId: id, provider, target: delivery.targetLabel });
  });
}
