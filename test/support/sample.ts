import { randomUUID } from 'node:crypto';
import { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

/** What a schema cannot say of itself, by the name of the field. */
const KNOWN: Record<string, unknown> = {
  timeZone: 'Europe/Stockholm',
  username: 'sampled',
  password: 'a sampled passphrase of ours',
  newPassword: 'a sampled passphrase of ours',
  next: 'a sampled passphrase of ours',
  permissions: ['dashboard.view'],
};
const FORMATS: Record<string, () => string> = {
  email: () => `sample-${randomUUID().slice(0, 8)}@northwind.example`,
  uuid: () => randomUUID(),
  'date-time': () => new Date().toISOString(),
  date: () => new Date().toISOString().slice(0, 10),
  uri: () => 'https://northwind.example/',
};

function text(schema: Schema): string {
  if (schema.format !== undefined) return FORMATS[schema.format]?.() ?? 'sample';
  const least = schema.minLength ?? 1;
  return 'sample'.padEnd(least, 's').slice(0, Math.max(least, schema.maxLength ?? 6));
}

function sampleOf(schema: Schema | boolean, name = ''): unknown {
  if (typeof schema === 'boolean') return 'sample';
  if (Object.hasOwn(KNOWN, name)) return KNOWN[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return sampleOf(choice, name);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inside]) => [key, sampleOf(inside, key)]));
    case 'array': {
      const items = Array.isArray(schema.items) ? schema.items[0] : schema.items;
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(items ?? true, name.replace(/s$/, '')));
    }
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text(schema);
  }
}

/** Something that the schema takes, with every optional field, drawn from the schema itself. Its ids are nobody's. */
export const sample = (schema: z.ZodType): unknown => sampleOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
