import type { ProviderView } from '#contract/notifications.ts';
import { call } from '#lib/api.ts';
import type { FetchChoices, FormSchema, FormValues } from '#lib/ui/json-schema.ts';

/** Where a secret goes is said by these; a stored one is never sent elsewhere. */
const ADDRESS = ['host', 'port', 'security', 'url'];

/** A provider's form: the server writes it from the schema that it checks by. */
export const schemaOf = (form: ProviderView['settingsForm']): FormSchema => form;

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** What a form begins with: what is set, else what the schema proposes. */
export function valuesOf(form: ProviderView['settingsForm'], set: Record<string, unknown>): FormValues {
  const properties = Object.entries(schemaOf(form).properties ?? {});
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

/** Whether the settings now lead somewhere else than the stored ones. */
export const leadsElsewhere = (values: FormValues, stored: Record<string, unknown>): boolean =>
  ADDRESS.some(name => isPlain(stored[name]) && String(values[name] ?? '') !== String(stored[name]));

/** The server's sentences for the fields under one name: `target.channel` is `channel` to the form. */
export const faultsAt = (at: string, fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([path, fault]) => (path.startsWith(`${at}.`) ? [[path.slice(at.length + 1), fault]] : [])),
  );

/** Asks a provider's service what a field of its target can be. */
export const choicesOf =
  (id: string): FetchChoices =>
  (field, search) =>
    call('POST /notification-providers/:id/choices', { params: { id }, body: { field, ...(search && { search }) } });
