import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '../events/Event.ts';
import { listed } from '../words/moments.ts';
import { say } from '../words/say.ts';
import { Delivery } from './Delivery.ts';
import { Rule, type StoredTarget } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { echoes } from './echoes.ts';
import { factsOf } from './facts.ts';
import { listensTo } from './listening.ts';
import { providerLabel } from './provider-label.ts';
import { usableProviders } from './queries.ts';
import { targetWords } from './sentence.ts';
import { targetKey } from './target-key.ts';

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
  const { targets } = rule;
  const off = stopped(rule);
  if (off !== undefined) return off;
  if (echo) return say('It is a failure to tell of a failure; nobody is told of that, or it would go on for ever.');
  if (targets.some(({ provider }) => usable.has(provider))) return undefined;
  return [...new Set(targets.map(({ provider }) => provider))]
    .map(id => say('{provider} is not active.', { provider: providerLabel(id) }))
    .join(' ');
}

/** The targets that got nothing since their provider is not active, in a sentence for each provider. */
function unreached({ targets }: Rule, deliveries: readonly Delivery[], usable: Circumstances['usable']): string[] {
  const isReached = (to: StoredTarget): boolean =>
    deliveries.some(({ provider, targetKey: key }) => provider === to.provider && key === targetKey(to.target));
  const missed = targets.filter(target => !usable.has(target.provider) && !isReached(target));
  return [...Map.groupBy(missed, ({ provider }) => provider)].map(([provider, those]) =>
    say('Nothing goes to {targets}: {provider} is not active.', {
      targets: listed(those.map(targetWords)),
      provider: providerLabel(provider),
    }),
  );
}

/** @param deliveries what came of the event by this rule */
function verdictOn(event: Event, rule: Rule, deliveries: readonly Delivery[], now: Circumstances): RuleVerdict {
  const { id, name } = rule;
  const deleted = rule.deletedAt !== null && rule.deletedAt !== undefined;
  const fired = deliveries.length > 0;
  if (fired && deliveries.every(({ test }) => test)) return { id, name, matched: true, because: say('It was tested.'), deleted };
  const verdict = evaluate(rule, factsOf(event));
  const obstacle = fired ? undefined : stood(rule, now);
  const matched = fired || (verdict.matched && !obstacle);
  const because = obstacle ?? [verdict.because, ...(matched ? unreached(rule, deliveries, now.usable) : [])].join(' ');
  // a rule is kept as it reads now: whoever looks must know that it read otherwise then
  const since = (because: string): string =>
    rule.changedAt > event.storedAt ? say('It was changed since. {because}', { because }) : because;
  return { id, name, matched, because: since(because), deleted };
}

/**
 * The rules that were there when an event happened and listen to its type, and those that fired on it.
 * @param deliveries what is known to have come of it: their rules did fire, whatever they would do now
 */
export async function verdictsOn(em: EntityManager, event: Event, deliveries: readonly Delivery[]): Promise<RuleVerdict[]> {
  const fired = Map.groupBy(deliveries, ({ rule }) => rule?.id);
  const own = deliveries.flatMap(({ rule }) => (rule ? [rule.id] : []));
  // a test takes an event that may be older than its rule
  const there = { $or: [{ createdAt: { $lte: event.storedAt } }, { id: { $in: own } }] };
  const now = { echo: (await echoes(em, [event])).has(event.id), usable: await usableProviders(em) };
  const rules = await em.find(Rule, there, { populate: ['owner'], orderBy: { id: 'asc' } });
  return rules
    .filter(rule => listensTo(rule.events, event.type) || fired.has(rule.id))
    .map(rule => verdictOn(event, rule, fired.get(rule.id) ?? [], now));
}

/** The rules that looked at a delivery's event. Its own is judged by all that it sent because of that event; a test stands for itself. */
export async function verdictsFor(em: EntityManager, delivery: Delivery): Promise<RuleVerdict[]> {
  const { event, rule, test } = delivery;
  const beside = rule && !test ? await em.find(Delivery, { event: event.id, rule: rule.id, test }, { orderBy: { id: 'asc' } }) : [delivery];
  return verdictsOn(em, event, beside);
}
