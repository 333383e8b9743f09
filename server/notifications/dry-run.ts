import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { RuleInput, dryRunRule } from '#contract/notifications.ts';
import type { Actor } from '../platform/actor.ts';
import type { Tools } from '../platform/tools.ts';
import { exampleOf } from './catalogue.ts';
import { evaluate } from './conditions.ts';
import { factsOf, sentenceOf } from './facts.ts';
import { sayingOf } from './message.ts';
import { organisation } from '../settings/queries.ts';
import { Pace } from './pacing.ts';
import { shownBy, wholeTargets } from './preview.ts';
import type { StoredTarget } from './Rule.ts';
import { type PastEvent, eventsFor, knownLabel } from './queries.ts';
import { ruleSentence } from './sentence.ts';
import { endOfSpan } from '../platform/wall-clock.ts';

const LATEST = 20;
const NIGHT = { from: '22:00', to: '07:00' };

/** What the rule's pace would have made of them at one target: it is the same at each. @param matching newest first */
function paced(matching: readonly PastEvent[], { pacing }: RuleInput, zone: string) {
  const pace = new Pace(pacing, zone);
  const places = matching.toReversed().map(({ storedAt }) => pace.place(storedAt));
  const collectors = new Set(places.flatMap(place => (place.kind === 'gather' ? [place.at.getTime()] : [])));
  const count = (kind: 'go' | 'gather' | 'drop'): number => places.filter(place => place.kind === kind).length;
  return { messages: count('go') + collectors.size, gathered: count('gather'), dropped: count('drop') };
}

/** Targets of a draft, called what a rule calls them already, else as they are typed: their services are asked when the rule is saved. */
const labelled = (em: EntityManager, targets: RuleInput['targets']): Promise<StoredTarget[]> =>
  Promise.all(
    targets.map(async ({ provider, target }) => {
      const [typed = ''] = Object.values(target);
      return { provider, target, label: (await knownLabel(em, { provider, target })) ?? String(typed) };
    }),
  );

/** What a rule would have sent in the last 7 days, by the code that sends. Nothing is sent. */
export async function dryRun(
  em: EntityManager,
  actor: Actor,
  rule: RuleInput,
  tools: Tools,
): Promise<z.infer<NonNullable<(typeof dryRunRule)['result']>>> {
  const events = await eventsFor(em, rule.events);
  const matching = events.filter(event => evaluate(rule, factsOf(event)).matched);
  const { timeZone } = await organisation(em);
  const [first] = rule.events;
  const targets = Math.max(1, wholeTargets(rule).length);
  const { messages, ...kept } = paced(matching, rule, timeZone);
  const shown = matching[0] ?? (first === undefined ? undefined : exampleOf(first));
  return {
    sentence: ruleSentence({ ...rule, targets: await labelled(em, rule.targets) }),
    looked: events.length,
    matched: matching.length,
    atNight: matching.filter(({ storedAt }) => endOfSpan(storedAt, timeZone, NIGHT)).length,
    messages: messages * targets,
    targets,
    ...kept,
    latest: matching.slice(0, LATEST).map(event => ({ eventId: event.id, at: event.at.toISOString(), title: sentenceOf(event) })),
    preview: shown ? { ...sayingOf(shown, rule), shown: await shownBy(em, actor, { rule, happening: shown }, tools) } : null,
  };
}
