import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '../events/Event.ts';
import type { Delivery } from './Delivery.ts';
import { Rule } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { factsOf } from './facts.ts';
import { listensTo } from './listening.ts';

/** A rule that listens to an event, and why it fired on it or did not. */
export interface RuleVerdict {
  id: string;
  name: string;
  matched: boolean;
  because: string;
  /** There is no page of it any more. */
  deleted: boolean;
}

/** What kept a rule from firing, whatever its conditions say; undefined when nothing did. */
function stood({ enabled, deletedAt, owner }: Rule): string | undefined {
  if (deletedAt) return 'It was deleted.';
  if (!enabled) return 'It is switched off.';
  return owner.disabledAt ? `${owner.name}, who made it, is disabled.` : undefined;
}

function verdictOn(event: Event, rule: Rule, delivery: Delivery | undefined): RuleVerdict {
  const { id, name } = rule;
  const deleted = rule.deletedAt !== null && rule.deletedAt !== undefined;
  if (delivery?.test) return { id, name, matched: true, because: 'It was tested.', deleted };
  const verdict = evaluate(rule, factsOf(event));
  const obstacle = delivery ? undefined : stood(rule);
  const because = obstacle ?? verdict.because;
  // a rule is kept as it reads now: whoever looks must know that it read otherwise then
  const since = rule.changedAt > event.storedAt ? 'It was changed since. ' : '';
  return { id, name, matched: delivery !== undefined || (verdict.matched && !obstacle), because: `${since}${because}`, deleted };
}

/**
 * The rules that were there when an event happened and listen to its type, and those that fired on it.
 * @param deliveries what is known to have come of it: their rules did fire, whatever they would do now
 */
export async function verdictsOn(em: EntityManager, event: Event, deliveries: readonly Delivery[]): Promise<RuleVerdict[]> {
  const fired = new Map(deliveries.map(delivery => [delivery.rule?.id, delivery]));
  const own = deliveries.flatMap(({ rule }) => (rule ? [rule.id] : []));
  // a test takes an event that may be older than its rule
  const there = { $or: [{ createdAt: { $lte: event.storedAt } }, { id: { $in: own } }] };
  const rules = await em.find(Rule, there, { populate: ['owner'], orderBy: { id: 'asc' } });
  return rules
    .filter(rule => listensTo(rule.events, event.type) || fired.has(rule.id))
    .map(rule => verdictOn(event, rule, fired.get(rule.id)));
}
