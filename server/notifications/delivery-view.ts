import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeliveryView } from '#contract/deliveries.ts';
import { EventSeal } from '../events/Event.ts';
import { Attempt, Delivery } from './Delivery.ts';
import { sayingOfDelivery } from './deliver.ts';
import { sentenceOf } from './facts.ts';
import { presentAttempts, presentDeliveryRow } from './present.ts';
import { verdictsOn } from './verdicts.ts';

const HIDDEN = 'The text of this mail is not shown here, since its link lets its reader in.';

/** The timeline of one delivery: the event, the rules looked at, the message, the tries. */
export async function deliveryView(em: EntityManager, id: string): Promise<DeliveryView | undefined> {
  const delivery = await em.findOne(Delivery, id, { populate: ['event', 'rule.owner'] });
  if (!delivery) return undefined;
  const attempts = await em.find(Attempt, { delivery: id }, { orderBy: { number: 'asc' } });
  const seal = await em.findOne(EventSeal, { event: delivery.event.id }, { fields: ['seq'] });
  const { mail, about } = delivery;
  return {
    ...presentDeliveryRow(delivery),
    attempts: presentAttempts(attempts),
    message: mail === null ? await sayingOfDelivery(em, delivery) : { title: about, text: HIDDEN, facts: [] },
    rules: (await verdictsOn(em, delivery.event, [delivery])).map(({ id, name, matched, because }) => ({ id, name, matched, because })),
    eventTitle: sentenceOf(delivery.event),
    eventSeq: seal?.seq ?? null,
  };
}
