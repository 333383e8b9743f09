import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { type Facts, type RecordableType, recordable } from '#contract/events.ts';
import type { Actor } from '../platform/actor.ts';
import { Event } from './Event.ts';
import { withhold } from './withhold.ts';

/** The facts whose values the type lists. */
const listed = (facts: z.ZodType): ReadonlySet<string> =>
  new Set(facts instanceof z.ZodObject ? Object.keys(facts.shape).filter(name => facts.shape[name] instanceof z.ZodEnum) : []);

/**
 * Writes down that something happened, in the caller's transaction: the change and its event are committed together or not
 * at all. What the type does not name, and what sounds like a secret, stays out. What should follow from it (widgets, messages,
 * browsers) follows by itself after the commit.
 */
export function record<T extends RecordableType>(em: EntityManager, actor: Actor, type: T, facts: Facts<T>): Event {
  const { facts: schema } = recordable[type];
  const event = em.create(Event, {
    type,
    at: new Date(),
    actorKind: actor.kind,
    actorId: actor.id ?? null,
    actorName: actor.name,
    address: actor.address ?? null,
    sessionId: actor.sessionId ?? null,
    requestId: actor.requestId ?? null,
    facts: withhold(schema.parse(facts), listed(schema)),
  });
  em.persist(event);
  return event;
}
