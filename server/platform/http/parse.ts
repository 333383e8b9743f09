import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { Problem } from '../problem.ts';
import { language, later, say } from '../../words/say.ts';

/** As the one who sent it reads it. */
export const UNSTORABLE = later('A NUL character, or half of a character, cannot be stored.');
/** PostgreSQL takes no NUL in a text, and in JSON no half of a surrogate pair. */
const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** Of the shapes that something may have, what is wrong by the one it comes nearest to; nothing when it is of none of their kinds. */
const nearest = ({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] =>
  errors
    .filter(issues => issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'))
    .toSorted((one, other) => one.length - other.length)[0] ?? [];

/** What zod found wrong, as a sentence for each path. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields = new Map<string, string>(); // an object would seem to hold a field called constructor already
  const add = (path: readonly PropertyKey[], words: string): void => {
    const name = path.join('.');
    if (!fields.has(name)) fields.set(name, words);
  };
  const look = (issues: readonly z.core.$ZodIssue[], at: readonly PropertyKey[]): void => {
    for (const issue of issues) {
      const path = [...at, ...issue.path];
      const inside = issue.code === 'invalid_union' ? nearest(issue) : [];
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) add([...path, key], say('There is no such field.'));
      else if (inside.length > 0) look(inside, path);
      else add(path, issue.message);
    }
  };
  look(error.issues, []);
  return Object.fromEntries(fields);
}

/** Where something stands that cannot be stored; `undefined` where nothing does. */
export function unstorableIn(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') return isUnstorable(value) ? path.join('.') : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inside] of Object.entries(value)) {
    const found = isUnstorable(key) ? path.join('.') : unstorableIn(inside, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How zod itself words what is wrong, where a schema does not. */
const inWords = () => z.locales[language()]().localeError;

/** @throws Problem `invalid` that names every field at fault */
function parseInput<T extends z.ZodType>(schema: T | undefined, value: unknown): z.output<T> | undefined {
  if (!schema) return undefined;
  const { data, error } = schema.safeParse(value, { error: inWords() });
  if (error) throw new Problem('invalid', { fields: fieldsOf(error) });
  return data;
}

function refuseUnstorable(value: unknown): void {
  const path = unstorableIn(value);
  if (path !== undefined) throw new Problem('invalid', { fields: { [path]: UNSTORABLE } });
}

/** A body by its schema. @throws Problem `invalid` */
export function parseBody({ body, eachAlone }: Endpoint, value: unknown): unknown {
  if (!eachAlone) refuseUnstorable(value);
  return parseInput(body, value);
}

/** @throws Problem `bad_request` for a name that stands twice, `invalid` for an unknown one or a value out of range */
export function parseQuery<T extends z.ZodType>(schema: T | undefined, search: URLSearchParams): z.output<T> | undefined {
  const given = Object.create(null) as Record<string, string>; // where even __proto__ is a name like any other
  for (const [name, value] of search) {
    if (Object.hasOwn(given, name))
      throw new Problem('bad_request', { detail: say('“{name}” stands in the address twice.', { name: name.slice(0, 50) }) });
    given[name] = value;
  }
  refuseUnstorable(given);
  return parseInput(schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({})), given) as z.output<T>;
}

/** Of these the id is the name of a file of ours, a queue's or a job's; of all others it is a row's, and a UUID. */
const NAMED = /^\/(widgets|extensions|notification-providers|queues)\//;
const FILE_NAME = /^[a-z][a-z0-9-]{0,60}$/;
/** As the queue makes them: a number, a row's id, or a schedule's name with a time. */
const JOB_ID = /^[\w:.-]{1,200}$/;
const uuid = z.uuid();
/** Whether the ids in its path are such names. */
export const isNamed = ({ path }: Pick<Endpoint, 'path'>): boolean => NAMED.test(path);

function fits(endpoint: Endpoint, name: string, value: string): boolean {
  if (!isNamed(endpoint)) return uuid.safeParse(value).success;
  return (name === 'id' && endpoint.path.startsWith('/queues/') ? JOB_ID : FILE_NAME).test(value);
}

/** Anything but such an id names nothing, and PostgreSQL would refuse to look. @throws Problem `not_found` */
export function parseParams(endpoint: Endpoint, params: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(params)) if (!fits(endpoint, name, value)) throw new Problem('not_found');
  return params;
}
