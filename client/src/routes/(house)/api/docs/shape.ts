import type { JsonSchema } from '#contract/description.ts';

const INDENT = '  ';
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** `1–100`, `≥ 1`, `≤ 100`: what two bounds leave. */
function range(least: unknown, most: unknown): string {
  if (typeof least === 'number' && typeof most === 'number') return least === most ? String(least) : `${least}–${most}`;
  if (typeof least === 'number') return `≥ ${least}`;
  return typeof most === 'number' ? `≤ ${most}` : '';
}

function limited(name: string, least: unknown, most: unknown): string {
  const between = range(least, most);
  return between === '' ? name : `${name} (${between})`;
}

function objectShape(schema: JsonSchema, depth: number): string {
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const lines = properties
    .filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
    .map(([name, inside]) => {
      const said = typeof inside['description'] === 'string' ? `  // ${inside['description']}` : '';
      return `${INDENT.repeat(depth + 1)}${name}${required.includes(name) ? '' : '?'}: ${shapeOf(inside, depth + 1)}${said}`;
    });
  if (lines.length > 0) return `{\n${lines.join('\n')}\n${INDENT.repeat(depth)}}`;
  const inside = schema['additionalProperties'];
  return isSchema(inside) ? `{ [name]: ${shapeOf(inside, depth)} }` : '{}';
}

function scalarShape(schema: JsonSchema): string {
  const { type, format } = schema;
  if (type === 'string') return limited(typeof format === 'string' ? format : 'text', schema['minLength'], schema['maxLength']);
  if (type === 'integer' || type === 'number')
    return limited(type === 'integer' ? 'whole number' : 'number', schema['minimum'], schema['maximum']);
  if (type === 'boolean') return 'true or false';
  return type === 'null' ? 'null' : 'anything';
}

/**
 * A JSON Schema as a person reads it: names, kinds and bounds in the form of the JSON itself; `?` marks what may be left out.
 * @param depth how deep it stands, for the indentation of its lines
 */
export function shapeOf(schema: JsonSchema, depth = 0): string {
  const choices = [...schemasIn(schema['anyOf']), ...schemasIn(schema['oneOf'])];
  if (choices.length > 0) return choices.map(choice => shapeOf(choice, depth)).join(' | ');
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return schema['enum'].map(value => JSON.stringify(value)).join(' | ');
  if (Array.isArray(schema['type'])) return schema['type'].map(type => shapeOf({ ...schema, type }, depth)).join(' | ');
  if (schema['type'] === 'object') return objectShape(schema, depth);
  if (schema['type'] !== 'array') return scalarShape(schema);
  return limited(`[${isSchema(schema['items']) ? shapeOf(schema['items'], depth) : 'anything'}]`, schema['minItems'], schema['maxItems']);
}
