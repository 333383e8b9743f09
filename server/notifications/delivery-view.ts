import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeliveryView } from '#contract/deliveries.ts';
import { EventSeal } from '../events/Event.ts';
import { later, say } from '../words/say.ts';
import { Attempt, Delivery } from './Delivery.ts';
import { sayingOfDelivery } from './deliver.ts';
import { sentenceOf } from './facts.ts';
import { sayingOf } from './message.ts';
import { presentAttempts, presentDeliveryRow } from './present.ts';
import { ticketMail } from './ticket-mail.ts';
import { troubleMail } from './trouble-mail.ts';
import { verdictsFor } from './verdicts.ts';

const HIDDEN = later('The text of this mail is not shown here, since its link lets its reader in.');

/** Mails about an event, whose link lets nobody in: they say what it says. */
const OPEN: ReadonlySet<string> = new Set([ticketMail.id, troubleMail.id]);

async function saidBy(em: EntityManager, delivery: Delivery): Promise<DeliveryView['message']> {
  const { mail, about, event } = delivery;
  if (mail === null || mail === undefined) return sayingOfDelivery(em, delivery);
  return OPEN.has(mail) ? sayingOf(event, { text: null }) : { title: about, text: say(HIDDEN), facts: [] };
}

/** The timeline of one delivery: the event, the rules looked at, the message, the tries. */
export async function deliveryView(em: EntityManager, id: string): Promise<DeliveryView | undefined> {
  const delivery = await em.findOne(Delivery, id, { populate: ['event', 'rule.owner'] });
  if (!delivery) return undefined;
  const attempts = await em.find(Attempt, { delivery: id }, { orderBy: { number: 'asc' } });
  const seal = await em.findOne(EventSeal, { event: delivery.event.id }, { fields: ['seq'] });
  return {
    ...presentDeliveryRow(delivery),
    attempts: presentAttempts(attempts),
    message: await saidBy(em, delivery),
    rules: (await verdictsFor(em, delivery)).map(({ id, name, matched, because }) => ({ id, name, matched, because })),
    adminId: delivery.addressee() ?? null,
    eventTitle: sentenceOf(delivery.event),
    eventSeq: seal?.seq ?? null,
  };
}
