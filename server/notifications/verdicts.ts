import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '../events/Event.ts';
import { say, sayStored } from '../words/say.ts';
import type { Delivery } from './Delivery.ts';
import { ProviderActivation } from './ProviderActivation.ts';
import { Rule } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { echoes } from './echoes.ts';
import { factsOf } from './facts.ts';
import { listensTo } from './listening.ts';
import { providers, worksEmbedded } from './providers/_all.ts';

/** A rule that listens to an event, and why it fired on it or did not. */
export interface RuleVerdict {
  id: string;
  name: string;
  matched: boolean;
  because: string;
  /** There is no page of it any more. */
  deleted: boolean;
}

interface Circumstances {
  /** Whether it is a failure to tell of a failure. */
  echo: boolean;
  /** The ids of the providers that rules can use now. */
  usable: ReadonlySet<string>;
}

/** Why a rule fires on nothing now; undefined when it does. Needs `owner` loaded. */
export function stopped({ enabled, deletedAt, owner }: Rule): string | undefined {
  if (deletedAt) return say('It was deleted.');
  if (!enabled) return say('It is switched off.');
  return owner.disabledAt ? say('{name}, who made it, is disabled.', { name: owner.name }) : undefined;
}

/** What kept a rule from firing, whatever its conditions say; undefined when nothing did. */
function stood(rule: Rule, { echo, usable }: Circumstances): string | undefined {
  const { provider } = rule;
  const off = stopped(rule);
  if (off !== undefined) return off;
  if (echo) return say('It is a failure to tell of a failure; nobody is told of that, or it would go on for ever.');
  return usable.has(provider)
    ? undefined
    : say('{provider} is not active.', { provider: sayStored(providers.get(provider)?.label ?? provider) });
}

function verdictOn(event: Event, rule: Rule, delivery: Delivery | undefined, now: Circumstances): RuleVerdict {
  const { id, name } = rule;
  const deleted = rule.deletedAt !== null && rule.deletedAt !== undefined;
  if (delivery?.test) return { id, name, matched: true, because: say('It was tested.'), deleted };
  const verdict = evaluate(rule, factsOf(event));
  const obstacle = delivery ? undefined : stood(rule, now);
  const because = obstacle ?? verdict.because;
  // a rule is kept as it reads now: whoever looks must know that it read otherwise then
  const since = (because: string): string =>
    rule.changedAt > event.storedAt ? say('It was changed since. {because}', { because }) : because;
  return { id, name, matched: delivery !== undefined || (verdict.matched && !obstacle), because: since(because), deleted };
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
  const active = await em.findAll(ProviderActivation, { fields: ['id'] });
  const usable = new Set([...active.map(({ id }) => id), ...[...providers.keys()].filter(worksEmbedded)]);
  const now = { echo: (await echoes(em, [event])).has(event.id), usable };
  const rules = await em.find(Rule, there, { populate: ['owner'], orderBy: { id: 'asc' } });
  return rules
    .filter(rule => listensTo(rule.events, event.type) || fired.has(rule.id))
    .map(rule => verdictOn(event, rule, fired.get(rule.id), now));
}
