import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { Problem } from '../problem.ts';

/** As the one who sent it reads it. */
export const NUL = 'A NUL character cannot be stored.';

/** What zod found wrong, as a sentence for each path. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) fields[[...issue.path, key].join('.')] ??= 'There is no such field.';
    } else {
      fields[issue.path.join('.')] ??= issue.message;
    }
  }
  return fields;
}

/** Where a NUL stands, which PostgreSQL cannot store; `undefined` where none does. */
export function nulIn(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path.join('.') : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inside] of Object.entries(value)) {
    const found = key.includes('\0') ? path.join('.') : nulIn(inside, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws Problem `invalid` that names every field at fault */
function parseInput<T extends z.ZodType>(schema: T | undefined, value: unknown): z.output<T> | undefined {
  if (!schema) return undefined;
  const { data, error } = schema.safeParse(value);
  if (error) throw new Problem('invalid', { fields: fieldsOf(error) });
  return data;
}

function refuseNul(value: unknown): void {
  const path = nulIn(value);
  if (path !== undefined) throw new Problem('invalid', { fields: { [path]: NUL } });
}

/** A body by its schema. @throws Problem `invalid` */
export function parseBody({ body, eachAlone }: Endpoint, value: unknown): unknown {
  if (!eachAlone) refuseNul(value);
  return parseInput(body, value);
}

/** @throws Problem `bad_request` for a name that stands twice, `invalid` for an unknown one or a value out of range */
export function parseQuery<T extends z.ZodType>(schema: T | undefined, search: URLSearchParams): z.output<T> | undefined {
  const given: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(given, name)) throw new Problem('bad_request', { detail: `“${name.slice(0, 50)}” stands in the address twice.` });
    given[name] = value;
  }
  refuseNul(given);
  return parseInput(schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({})), given) as z.output<T>;
}

/** Of these the id is the name of a file of ours; of all others it is a row's, and a UUID. */
const NAMED = /^\/(widgets|notification-providers)\//;
const FILE_NAME = /^[a-z][a-z0-9-]{0,60}$/;
const uuid = z.uuid();

/** Anything but such an id names nothing, and PostgreSQL would refuse to look. @throws Problem `not_found` */
export function parseParams({ path }: Endpoint, params: Record<string, string>): Record<string, string> {
  for (const value of Object.values(params)) {
    if (NAMED.test(path) ? !FILE_NAME.test(value) : !uuid.safeParse(value).success) throw new Problem('not_found');
  }
  return params;
}
