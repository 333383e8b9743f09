import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { RuleInput, dryRunRule } from '#contract/notifications.ts';
import { exampleOf } from './catalogue.ts';
import { evaluate } from './conditions.ts';
import { factsOf, sentenceOf } from './facts.ts';
import { sayingOf } from './message.ts';
import { eventsFor } from './queries.ts';

const LATEST = 20;

/** What a rule would have sent in the last 7 days, by the code that sends. Nothing is sent. */
export async function dryRun(em: EntityManager, rule: RuleInput): Promise<z.infer<NonNullable<(typeof dryRunRule)['result']>>> {
  const events = await eventsFor(em, rule.events);
  const matching = events.filter(event => evaluate(rule, factsOf(event)).matched);
  const [first] = rule.events;
  const shown = matching[0] ?? (first === undefined ? undefined : exampleOf(first));
  return {
    looked: events.length,
    matched: matching.length,
    latest: matching.slice(0, LATEST).map(event => ({ eventId: event.id, at: event.at.toISOString(), title: sentenceOf(event) })),
    preview: shown ? sayingOf(shown, rule) : null,
  };
}
