import type { ActivityEntry } from '#contract/activity.ts';
import { type EventView, eventKind } from '#contract/events.ts';
import type { Event } from './Event.ts';
import { eventLabel, eventTitle } from '../words/events.ts';

const stream = (event: Event, seq: number): Omit<EventView, 'hash'> => ({
  seq,
  id: event.id,
  type: event.type,
  family: eventKind(event.type)?.family ?? 'custom',
  at: event.at.toISOString(),
  storedAt: event.storedAt.toISOString(),
  actor: { kind: event.actorKind, name: event.actorName, ...(event.actorId ? { id: event.actorId } : {}) },
  facts: event.facts,
});

export const presentEvent = (event: Event, seq: number, hash: Uint8Array): EventView => ({
  ...stream(event, seq),
  hash: Buffer.from(hash).toString('hex'),
});

/** The event as people read it. One whose type is no longer in the catalogue, or whose facts no longer fit it, is shown by its type. */
export function presentActivity(event: Event, seq: number): ActivityEntry {
  const kind = eventKind(event.type);
  const facts = kind?.facts.safeParse(event.facts);
  const link = kind && facts?.success ? kind.link?.(facts.data) : undefined;
  return {
    ...stream(event, seq),
    label: eventLabel(event.type) ?? event.type,
    severity: kind?.severity ?? 'info',
    title: kind && facts?.success ? eventTitle(event.type, facts.data) : event.type,
    ...(link === undefined ? {} : { link }),
    ...(event.address ? { address: event.address } : {}),
    ...(event.sessionId ? { session: event.sessionId } : {}),
    ...(event.requestId ? { requestId: event.requestId } : {}),
  };
}
