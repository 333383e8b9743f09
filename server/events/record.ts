import type { EntityManager } from '@mikro-orm/postgresql';
import { type Facts, type RecordableType, recordable } from '#contract/events.ts';
import type { Actor } from '../platform/actor.ts';
import { Event } from './Event.ts';

/**
 * Writes down that something happened, in the caller's transaction: the change and its event are committed together or not
 * at all. What should follow from it (widgets, messages, browsers) follows by itself after the commit.
 */
export function record<T extends RecordableType>(em: EntityManager, actor: Actor, type: T, facts: Facts<T>): Event {
  recordable[type].facts.parse(facts);
  const event = em.create(Event, {
    type,
    at: new Date(),
    actorKind: actor.kind,
    actorId: actor.id ?? null,
    actorName: actor.name,
    address: actor.address ?? null,
    sessionId: actor.sessionId ?? null,
    requestId: actor.requestId ?? null,
    facts: facts,
  });
  em.persist(event);
  return event;
}
