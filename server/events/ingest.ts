import type { EntityManager } from '@mikro-orm/postgresql';
import { isDeepStrictEqual } from 'node:util';
import { BUSINESS_TYPES, type PostedEvent, eventKind, isPostable, postedEvent } from '#contract/events.ts';
import type { Actor } from '../platform/actor.ts';
import { uuidv7 } from '../platform/db/columns.ts';
import { UNSTORABLE, fieldsOf, unstorableIn } from '../platform/http/parse.ts';
import { say } from '../words/say.ts';
import { Event } from './Event.ts';

export interface Refused {
  index: number;
  id?: string;
  code: 'invalid' | 'unknown_event_type' | 'id_reused';
  message: string;
  fields: Record<string, string>;
}
interface Accepted {
  index: number;
  event: PostedEvent;
}

/** How many letters differ, for "did you mean": small strings, so the plain table will do (Wagner and Fischer, 1974). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

function unknownType(type: string): string {
  const [nearest] = BUSINESS_TYPES.map(known => ({ known, far: distance(type.slice(0, 60), known) })).toSorted((a, b) => a.far - b.far);
  const unknown = type.slice(0, 60);
  return nearest && nearest.far <= 4
    ? say('There is no event {type}. Did you mean {known}? For events of your own use custom.<name>, such as custom.backup.finished.', {
        type: unknown,
        known: nearest.known,
      })
    : say('There is no event {type}. For events of your own use custom.<name>, such as custom.backup.finished.', { type: unknown });
}

/** Judges one posted event alone. Its facts come out trimmed and complete, as the catalogue has them. */
function judge(value: unknown, index: number): { accepted: Accepted } | { refused: Refused } {
  const { data, error } = postedEvent.safeParse(value);
  const known =
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? { id: value.id.slice(0, 100) } : {};
  if (error)
    return { refused: { index, ...known, code: 'invalid', message: say('Some fields need another look.'), fields: fieldsOf(error) } };
  const at = unstorableIn(data);
  if (at !== undefined) return { refused: { index, ...known, code: 'invalid', message: UNSTORABLE, fields: { [at]: UNSTORABLE } } };
  const kind = isPostable(data.type) ? eventKind(data.type) : undefined;
  if (!kind) return { refused: { index, id: data.id, code: 'unknown_event_type', message: unknownType(data.type), fields: {} } };
  const facts = kind.facts.safeParse(data.facts);
  if (facts.error) {
    const fields = Object.fromEntries(
      Object.entries(fieldsOf(facts.error)).map(([path, words]) => [path === '' ? 'facts' : `facts.${path}`, words]),
    );
    return { refused: { index, id: data.id, code: 'invalid', message: say('Some facts need another look.'), fields } };
  }
  return { accepted: { index, event: { ...data, facts: facts.data as Record<string, unknown> } } };
}

const rowOf = (actor: Actor, { id, type, at, facts }: PostedEvent): unknown[] => [
  uuidv7(),
  type,
  at ?? new Date().toISOString(),
  actor.kind,
  actor.id,
  actor.name,
  actor.address ?? null,
  actor.requestId ?? null,
  JSON.stringify(facts),
  id,
];

/** Stores what is not stored yet, in one statement, and answers the client ids of what is new. */
async function insert(em: EntityManager, actor: Actor, accepted: Accepted[]): Promise<Set<string>> {
  if (accepted.length === 0) return new Set();
  const rows = accepted.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  const stored = await em.execute<{ client_id: string }[]>(
    `insert into event (id, type, at, actor_kind, actor_id, actor_name, address, request_id, facts, client_id) values ${rows}
     on conflict (actor_id, client_id) do nothing returning client_id`,
    accepted.flatMap(({ event }) => rowOf(actor, event)),
  );
  return new Set(stored.map(({ client_id }) => client_id));
}

/** Of those that were known already: which carry something else than what was stored under that id. */
async function reused(em: EntityManager, actor: Actor, repeated: Accepted[]): Promise<Refused[]> {
  if (repeated.length === 0) return [];
  const before = await em.find(Event, { actorId: actor.id ?? '', clientId: { $in: repeated.map(({ event }) => event.id) } });
  const byId = new Map(before.map(event => [event.clientId, event]));
  return repeated
    .filter(({ event }) => {
      const first = byId.get(event.id);
      return first !== undefined && (first.type !== event.type || !isDeepStrictEqual(first.facts, event.facts));
    })
    .map(({ index, event }) => ({
      index,
      id: event.id,
      code: 'id_reused',
      message: say('This id was used for another event. What was stored first stays.'),
      fields: {},
    }));
}

/**
 * Stores events that a program posts: each is judged alone, the good ones are kept together, and one whose id this key used
 * before is not stored again.
 */
export async function ingest(
  em: EntityManager,
  actor: Actor,
  posted: readonly unknown[],
): Promise<{ stored: number; repeated: number; refused: Refused[] }> {
  const judged = posted.map(judge);
  const refused = judged.flatMap(verdict => ('refused' in verdict ? [verdict.refused] : []));
  const accepted = judged.flatMap(verdict => ('accepted' in verdict ? [verdict.accepted] : []));
  const firsts = [...new Map(accepted.toReversed().map(one => [one.event.id, one])).values()].toReversed();
  const stored = await insert(em, actor, firsts);
  const rest = accepted.filter(one => !(stored.has(one.event.id) && firsts.includes(one)));
  const conflicting = await reused(em, actor, rest);
  return {
    stored: stored.size,
    repeated: rest.length - conflicting.length,
    refused: [...refused, ...conflicting].toSorted((a, b) => a.index - b.index),
  };
}
