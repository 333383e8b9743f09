import type { FormSchema, FormValues } from './json-schema.ts';

export const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** What a form begins with: what is set, else what the schema proposes. */
export function valuesOf(form: FormSchema, set: Record<string, unknown>): FormValues {
  const properties = Object.entries(form.properties ?? {});
  return Object.fromEntries(
    properties.flatMap(([name, property]) => {
      const value = set[name] ?? property.default;
      return isPlain(value) ? [[name, value]] : [];
    }),
  );
}

/** What a form holds, as it is sent: what is empty is left out. */
export const filledIn = (values: FormValues): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));

/** The server's sentences for the fields under one name: `target.channel` is `channel` to the form. */
export const faultsAt = (at: string, fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([path, fault]) => (path.startsWith(`${at}.`) ? [[path.slice(at.length + 1), fault]] : [])),
  );
