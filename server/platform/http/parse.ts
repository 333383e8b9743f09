import { z } from 'zod';
import { Problem } from '../problem.ts';

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

/** @throws Problem `invalid` that names every field at fault */
export function parseInput<T extends z.ZodType>(schema: T | undefined, value: unknown): z.output<T> | undefined {
  if (!schema) return undefined;
  const { data, error } = schema.safeParse(value);
  if (error) throw new Problem('invalid', { fields: fieldsOf(error) });
  return data;
}

/** @throws Problem `bad_request` for a name that stands twice, `invalid` for an unknown one or a value out of range */
export function parseQuery<T extends z.ZodType>(schema: T | undefined, search: URLSearchParams): z.output<T> | undefined {
  const given: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(given, name)) throw new Problem('bad_request', { detail: `“${name.slice(0, 50)}” stands in the address twice.` });
    given[name] = value;
  }
  return parseInput(schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({})), given) as z.output<T>;
}

const uuid = z.uuid();
/** Every id in a path is a UUID or the name of a file of ours; anything else names nothing. @throws Problem `not_found` */
export function parseParams(params: Record<string, string>): Record<string, string> {
  for (const value of Object.values(params)) {
    if (!uuid.safeParse(value).success && !/^[a-z][a-z0-9-]{0,60}$/.test(value)) throw new Problem('not_found');
  }
  return params;
}
