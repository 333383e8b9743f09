import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { EventKind, Named } from '#contract/events/event.ts';
import { EVENT_TYPES, eventKind } from '#contract/events.ts';
import type { ruleCatalogue } from '#contract/notifications.ts';
import { Admin } from '../admins/Admin.ts';
import { Department } from '../departments/Department.ts';
import type { Actor } from '../platform/actor.ts';
import { Role } from '../roles/Role.ts';
import { eventLabel, factWords } from '../words/events.ts';
import { say } from '../words/say.ts';
import { type Happening, isForPeople } from './facts.ts';
import { ANY_CUSTOM } from './listening.ts';

type Catalogue = z.infer<NonNullable<(typeof ruleCatalogue)['result']>>;
type Entry = Catalogue['events'][number];
type Field = Entry['fields'][number];

/** The part of JSON Schema that facts are described by. */
interface Shape {
  type?: string;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  names?: Named;
}
const shapes = new WeakMap<EventKind, Shape>();
function shapeOf(type: string): Shape {
  const kind = eventKind(type);
  if (!kind) return {};
  const shape = shapes.get(kind) ?? (z.toJSONSchema(kind.facts, { io: 'input', unrepresentable: 'any' }) as Shape);
  shapes.set(kind, shape);
  return shape;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const fieldOf = (path: string, more: Omit<Field, 'path' | 'label'>): Field => ({ path, label: capital(factWords(path)), ...more });

const isMoney = ({ properties = {} }: Shape): boolean => Object.keys(properties).toSorted().join() === 'amount,currency';

function fieldsIn(shape: Shape, path: string): Field[] {
  // what may be null is described beside it
  if (shape.anyOf) return shape.anyOf.flatMap(one => fieldsIn(one, path));
  if (shape.names) return [fieldOf(path, { kind: shape.names })];
  if (isMoney(shape)) return [fieldOf(path, { kind: 'money' })];
  if (shape.enum) return [fieldOf(path, { kind: 'choice', choices: shape.enum.map(String) })];
  switch (shape.type) {
    case 'object':
      return Object.entries(shape.properties ?? {}).flatMap(([name, inner]) =>
        isForPeople(name) ? fieldsIn(inner, path === '' ? name : `${path}.${name}`) : [],
      );
    case 'array':
      return shape.items?.type === 'string' ? [fieldOf(path, { kind: 'list' })] : [];
    case 'number':
    case 'integer':
      return [fieldOf(path, { kind: 'number' })];
    case 'boolean':
      return [fieldOf(path, { kind: 'boolean' })];
    case 'string':
      return [fieldOf(path, { kind: 'text' })];
    default:
      return [];
  }
}

const actor = (): Field => ({ path: 'actor', label: say('Who'), kind: 'person' });
const ATTRIBUTES = 'attributes.';
/** What rules may say about events of a type. An own event has attributes beside these, under names it chooses. */
export const fieldsOf = (type: string): Field[] => [actor(), ...fieldsIn(shapeOf(type === ANY_CUSTOM ? 'custom.any' : type), '')];
export const hasField = (type: string, path: string): boolean =>
  fieldsOf(type).some(
    field => field.path === path || (field.kind === 'money' && (path === `${field.path}.amount` || path === `${field.path}.currency`)),
  ) ||
  (type.startsWith('custom.') && path.startsWith(ATTRIBUTES));

export const isMoneyField = (type: string, path: string): boolean =>
  fieldsOf(type).some(field => field.path === path && field.kind === 'money');

/** Whether a rule may listen to it. */
export const isListenable = (type: string): boolean => type === ANY_CUSTOM || eventKind(type) !== undefined;
export const labelOfType = (type: string): string =>
  type === ANY_CUSTOM
    ? say('Any event of your own happened')
    : type.startsWith('custom.')
      ? say('{type} happened', { type })
      : (eventLabel(type) ?? type);

const entryOf = (type: string, attributes: readonly string[] = []): Entry => ({
  type,
  label: labelOfType(type),
  family: eventKind(type)?.family ?? 'custom',
  fields: [...fieldsOf(type), ...attributes.map((label): Field => ({ path: `${ATTRIBUTES}${label}`, label, kind: 'text' }))],
});

/** Own events of the last 30 days, with the attributes they had. */
async function ownEvents(em: EntityManager): Promise<Entry[]> {
  const seen = await em.execute<{ type: string; labels: (string | null)[] }[]>(
    `select e.type, array_agg(distinct a->>'label') as labels
       from event e left join lateral jsonb_array_elements(case jsonb_typeof(e.facts->'attributes') when 'array' then e.facts->'attributes' else '[]' end) a on true
      where e.type like 'custom.%' and e.stored_at > now() - interval '30 days' group by e.type order by e.type limit 200`,
  );
  return seen.map(({ type, labels }) =>
    entryOf(
      type,
      labels.filter(label => label !== null),
    ),
  );
}

const MOST_NAMES = 500;
/** What can be named in a condition, as far as the reader may see it. */
async function namesFor(em: EntityManager, reader: Actor): Promise<Catalogue['names']> {
  const seesStaff = reader.permissions.has('admins.view');
  const page = { orderBy: { name: 'asc' }, limit: MOST_NAMES } as const;
  const departments = seesStaff ? await em.find(Department, {}, { fields: ['name'], ...page }) : [];
  const roles = reader.permissions.has('roles.view') ? await em.find(Role, {}, { fields: ['name'], ...page }) : [];
  const people = seesStaff
    ? await em.find(Admin, { disabledAt: null }, { orderBy: { firstName: 'asc', lastName: 'asc' }, limit: MOST_NAMES })
    : [];
  return { department: departments.map(({ name }) => name), role: roles.map(({ name }) => name), person: people.map(({ name }) => name) };
}

/** All that rules can listen to, with what they can say about it. */
export async function catalogue(em: EntityManager, reader: Actor): Promise<Catalogue> {
  const events = [...EVENT_TYPES.map(type => entryOf(type)), entryOf(ANY_CUSTOM), ...(await ownEvents(em))];
  return { events, names: await namesFor(em, reader) };
}

const STRINGS: Record<string, string> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.org',
  'date-time': '2030-01-31T12:00:00.000Z',
  uri: 'https://example.org/',
};
function exampleIn(shape: Shape, name: string): unknown {
  if (shape.anyOf) return exampleIn(shape.anyOf[0] ?? {}, name);
  if (shape.enum) return shape.enum[0];
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([inner, value]) => [inner, exampleIn(value, inner)]));
    case 'array':
      return shape.items?.type === 'string' ? [exampleIn(shape.items, name)] : [];
    case 'number':
    case 'integer':
      return Math.max(100, shape.minimum ?? 0);
    case 'boolean':
      return true;
    case 'string':
      return STRINGS[shape.format ?? ''] ?? (name === 'currency' ? 'USD' : say('example {fact}', { fact: factWords(name) }));
    default:
      return null;
  }
}

/** An event such as this type has, for a preview or a test while there is none yet. */
export function exampleOf(type: string): Happening {
  const real = type === ANY_CUSTOM ? 'custom.example' : type;
  const facts = exampleIn(shapeOf(real), 'event') as Record<string, unknown>; // the schema of facts is an object's
  return { type: real, at: new Date(), actorName: say('Somebody'), facts };
}
