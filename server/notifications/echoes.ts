import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '../events/Event.ts';
import { Delivery } from './Delivery.ts';

/** What goes wrong with telling people. */
const FAILURES = ['delivery.failed', 'job.failed', 'provider.paused', 'dependency.down'];
const LANE = /^deliver-/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The delivery that could not be made, by the event's own words. */
function failedDelivery({ type, facts }: Event): string | undefined {
  const ofJob = type === 'job.failed' && LANE.test(String(facts['queue'])) ? facts['job'] : undefined;
  const id = type === 'delivery.failed' ? facts['deliveryId'] : ofJob;
  return typeof id === 'string' && UUID.test(id) ? id : undefined;
}

/**
 * Failures to tell of a failure: nobody is told of these, or a dead channel would feed itself for ever.
 * @returns the ids of those events
 */
export async function echoes(em: EntityManager, events: readonly Event[]): Promise<ReadonlySet<string>> {
  const failures = events.flatMap(event => {
    const delivery = failedDelivery(event);
    return delivery === undefined ? [] : [{ event: event.id, delivery }];
  });
  if (failures.length === 0) return new Set();
  const ids = [...new Set(failures.map(({ delivery }) => delivery))];
  const told = await em.find(Delivery, { id: { $in: ids }, event: { type: { $in: FAILURES } } }, { fields: ['id'] });
  const echoed = new Set(told.map(({ id }) => id));
  return new Set(failures.filter(({ delivery }) => echoed.has(delivery)).map(({ event }) => event));
}
