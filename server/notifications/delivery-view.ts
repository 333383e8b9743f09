import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeliveryView } from '#contract/notifications.ts';
import { EventSeal } from '../events/Event.ts';
import { Attempt, Delivery } from './Delivery.ts';
import { Rule } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { happeningOf } from './deliver.ts';
import { factsOf, sentenceOf } from './facts.ts';
import { listensTo } from './listening.ts';
import { sayingOf } from './message.ts';
import { presentAttempts, presentDeliveryRow } from './present.ts';

const HIDDEN = 'The text of this mail is not shown here, since its link lets its reader in.';

/** What kept a rule from firing, whatever its conditions say; undefined when nothing did. */
function stood({ enabled, deletedAt, owner }: Rule): string | undefined {
  if (deletedAt) return 'It was deleted.';
  if (!enabled) return 'It is switched off.';
  return owner.disabledAt ? `${owner.name}, who made it, is disabled.` : undefined;
}

function lookedAt(rule: Rule, delivery: Delivery): DeliveryView['rules'][number] {
  const own = rule.id === delivery.rule?.id;
  if (own && delivery.test) return { id: rule.id, name: rule.name, matched: true, because: 'It was tested.' };
  const verdict = evaluate(rule, factsOf(delivery.event));
  const obstacle = own ? undefined : stood(rule);
  const because = obstacle ?? verdict.because;
  // a rule is kept as it reads now: whoever looks must know that it read otherwise then
  const since = rule.changedAt > delivery.event.storedAt ? 'It was changed since. ' : '';
  return { id: rule.id, name: rule.name, matched: own || (verdict.matched && !obstacle), because: `${since}${because}` };
}

/** The rules that were there when the event happened and listen to its type. */
async function rulesFor(em: EntityManager, delivery: Delivery): Promise<DeliveryView['rules']> {
  const { event } = delivery;
  const rules = await em.find(Rule, { createdAt: { $lte: event.storedAt } }, { populate: ['owner'], orderBy: { id: 'asc' } });
  const looking = rules.filter(rule => listensTo(rule.events, event.type) || rule.id === delivery.rule?.id);
  return looking.map(rule => lookedAt(rule, delivery));
}

/** The timeline of one delivery: the event, the rules looked at, the message, the tries. */
export async function deliveryView(em: EntityManager, id: string): Promise<DeliveryView | undefined> {
  const delivery = await em.findOne(Delivery, id, { populate: ['event', 'rule.owner'] });
  if (!delivery) return undefined;
  const attempts = await em.find(Attempt, { delivery: id }, { orderBy: { number: 'asc' } });
  const seal = await em.findOne(EventSeal, { event: delivery.event.id }, { fields: ['seq'] });
  const { mail, about, text = null, test } = delivery;
  return {
    ...presentDeliveryRow(delivery),
    attempts: presentAttempts(attempts),
    message: mail === null ? sayingOf(happeningOf(delivery), { text, test }) : { title: about, text: HIDDEN, facts: [] },
    rules: await rulesFor(em, delivery),
    eventTitle: sentenceOf(delivery.event),
    eventSeq: seal?.seq ?? null,
  };
}
