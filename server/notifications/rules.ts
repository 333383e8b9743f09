import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Facts } from '#contract/events.ts';
import type { RuleInput, RuleTarget } from '#contract/notifications.ts';
import { Admin } from '../admins/Admin.ts';
import { Event } from '../events/Event.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { inLanguage, say } from '../words/say.ts';
import { Delivery } from './Delivery.ts';
import { Rule, type StoredTarget } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { exampleOf } from './catalogue.ts';
import { factsOf, sentenceOf } from './facts.ts';
import { eventsFor } from './queries.ts';
import { targetWords } from './sentence.ts';
import { targetKey, wayKey } from './target-key.ts';

/** A rule that was held against everything it speaks of, see `checkRule`. */
export type CheckedRule = Omit<RuleInput, 'targets'> & { targets: StoredTarget[] };

/** @throws Problem `not_found` */
async function lockedRule(em: EntityManager, id: string): Promise<Rule> {
  const rule = await em.findOne(Rule, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!rule) throw new Problem('not_found');
  return rule;
}

const person = (em: EntityManager, { id }: Actor): Promise<Admin> => em.findOneOrFail(Admin, { id: id ?? '' });

export function addRule(em: EntityManager, actor: Actor, input: CheckedRule): Promise<Rule> {
  return em.transactional(async em => {
    const rule = em.create(Rule, { ...input, owner: await person(em, actor) });
    await em.flush();
    record(em, actor, 'rule.added', { ruleId: rule.id, rule: rule.name });
    return rule;
  });
}

const FIELDS = ['name', 'enabled', 'events', 'match', 'conditions', 'targets', 'text', 'pacing'] as const;
/** A field of a rule as the activity log tells of it. */
const told = (field: (typeof FIELDS)[number], rule: Pick<Rule, (typeof FIELDS)[number]>): unknown =>
  field === 'targets' ? inLanguage('en', () => rule.targets.map(targetWords)) : (rule[field] ?? null);

/**
 * Changes a rule. Whoever saves the rule of somebody disabled answers for it from then on, and so it fires again.
 * @throws Problem `not_found`, `conflict`
 */
export function editRule(
  em: EntityManager,
  actor: Actor,
  id: string,
  { version, ...input }: CheckedRule & { version: number },
): Promise<Rule> {
  return em.transactional(async em => {
    const rule = await lockedRule(em, id);
    if (rule.version !== version) throw new Problem('conflict');
    const changed = FIELDS.filter(field => !isDeepStrictEqual(rule[field] ?? null, input[field]));
    const changes: Facts<'rule.edited'>['changes'] = Object.fromEntries(
      changed.map(field => [field, { before: told(field, rule), after: told(field, input) }]),
    );
    const owner = await em.findOneOrFail(Admin, rule.owner.id);
    if (owner.disabledAt) {
      rule.owner = await person(em, actor);
      changes['owner'] = { before: owner.name, after: actor.name };
    }
    if (Object.keys(changes).length === 0) return rule;
    em.assign(rule, { ...input, changedAt: new Date() });
    record(em, actor, 'rule.edited', { ruleId: id, rule: rule.name, changes });
    return rule;
  });
}

/** @throws Problem `not_found` */
export function deleteRule(em: EntityManager, actor: Actor, id: string): Promise<void> {
  return em.transactional(async em => {
    const rule = await lockedRule(em, id);
    rule.deletedAt = new Date();
    record(em, actor, 'rule.deleted', { ruleId: id, rule: rule.name });
  });
}

/** The newest event that the rule would have told of. */
async function newestMatch(em: EntityManager, rule: Rule): Promise<Event | undefined> {
  const events = await eventsFor(em, rule.events);
  const match = events.find(event => evaluate(rule, factsOf(event)).matched);
  return match && em.findOneOrFail(Event, match.id);
}

/** One of the rule's targets. @throws Problem `invalid` */
function toThem({ targets }: Rule, asked: RuleTarget): StoredTarget {
  const target = targets.find(one => wayKey(one) === wayKey(asked));
  if (!target) throw invalid('target', say('The rule does not send there.'));
  return target;
}
/** By mail, whatever the rule's own providers are. */
async function toMe(em: EntityManager, actor: Actor): Promise<StoredTarget> {
  const { email } = await person(em, actor);
  return { provider: 'email', target: { address: email }, label: email };
}

/**
 * Queues the rule's message about its newest event, or about an example, marked as a test: to one of its targets, or to who tests.
 * @throws Problem `not_found`, `invalid` for a target that it does not have
 */
export function testRule(em: EntityManager, actor: Actor, id: string, to: RuleTarget | 'me'): Promise<Delivery> {
  return em.transactional(async em => {
    const rule = await lockedRule(em, id);
    const { provider, target, label } = to === 'me' ? await toMe(em, actor) : toThem(rule, to);
    const tested = record(em, actor, 'rule.tested', { ruleId: id, rule: rule.name, target: label });
    const newest = await newestMatch(em, rule);
    const about = sentenceOf(newest ?? exampleOf(rule.events[0] ?? ''));
    return em.create(Delivery, {
      event: newest ?? tested,
      rule,
      provider,
      target,
      targetLabel: label,
      // told apart from the real one and from other tests
      targetKey: `test:${tested.id} ${targetKey(target)}`,
      about,
      text: rule.text ?? null,
      test: true,
    });
  });
}
