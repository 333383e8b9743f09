import { sayStored } from './say.ts';

const WORDS = new Set(['title', 'description']);

/** A form's JSON Schema with its titles and descriptions in the reader's language. */
export function formInWords<T>(schema: T): T;
export function formInWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((one: unknown) => formInWords(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      WORDS.has(name) && typeof value === 'string' ? sayStored(value) : formInWords(value),
    ]),
  );
}
