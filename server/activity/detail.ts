import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityDetail } from '#contract/activity.ts';
import { Session } from '../auth/Session.ts';
import { deviceOf } from '../auth/device.ts';
import { type Event, EventSeal } from '../events/Event.ts';
import { Delivery } from '../notifications/Delivery.ts';
import { presentDeliveryRow } from '../notifications/present.ts';
import { verdictsOn } from '../notifications/verdicts.ts';
import type { Actor } from '../platform/actor.ts';
import type { ShownWidget } from '../platform/tools.ts';
import { heeds } from '../widgets/_widget.ts';
import { presentEntries } from './present.ts';

/** The most messages of one event that are listed. */
const MOST = 100;

async function sessionOf(em: EntityManager, { sessionId }: Event): Promise<ActivityDetail['session']> {
  const session = sessionId ? await em.findOne(Session, sessionId) : null;
  if (!session) return null;
  const { id, userAgent, address, createdAt, endedAt } = session;
  return {
    id,
    device: deviceOf(userAgent),
    address,
    startedAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** Widgets that the reader sees and that this event has rebuilt. */
function rebuilt(event: Event, reader: Actor, widgets: Iterable<ShownWidget>): ActivityDetail['widgets'] {
  return [...widgets]
    .filter(widget => reader.permissions.has(widget.describe.needs) && heeds(widget, event.type))
    .map(({ describe: { id, title } }) => ({ id, title }));
}

/**
 * One entry of the log with what followed from it, as far as the reader may see that.
 * @returns undefined for an event that is not there, or has no number yet
 */
export async function detailOf(
  em: EntityManager,
  reader: Actor,
  id: string,
  widgets: Iterable<ShownWidget>,
): Promise<ActivityDetail | undefined> {
  const seal = await em.findOne(EventSeal, { event: id }, { populate: ['event'] });
  if (!seal) return undefined;
  const { event } = seal;
  const deliveries = await em.find(Delivery, { event: id }, { populate: ['event', 'rule'], orderBy: { id: 'asc' }, limit: MOST });
  const [entry] = await presentEntries(em, [seal]);
  return (
    entry && {
      entry,
      session: await sessionOf(em, event),
      deliveries: reader.permissions.has('deliveries.view') ? deliveries.map(presentDeliveryRow) : null,
      rules: reader.permissions.has('rules.view') ? await verdictsOn(em, event, deliveries) : null,
      widgets: rebuilt(event, reader, widgets),
    }
  );
}
