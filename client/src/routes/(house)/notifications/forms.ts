import type { ProviderView } from '#contract/providers.ts';
import { call } from '#lib/api.ts';
import { isPlain } from '#lib/ui/form-values.ts';
import type { FetchChoices, FormSchema, FormValues } from '#lib/ui/json-schema.ts';

/** Where a secret goes is said by these; a stored one is never sent elsewhere. */
const ADDRESS = ['host', 'port', 'security', 'url'];

/** A provider's form: the server writes it from the schema that it checks by. */
export const schemaOf = (form: ProviderView['settingsForm']): FormSchema => form;

/** Whether the settings now lead somewhere else than the stored ones. */
export const leadsElsewhere = (values: FormValues, stored: Record<string, unknown>): boolean =>
  ADDRESS.some(name => isPlain(stored[name]) && String(values[name] ?? '') !== String(stored[name]));

/** Asks a provider's service what a field of its target can be. */
export const choicesOf =
  (id: string): FetchChoices =>
  (field, search) =>
    call('POST /notification-providers/:id/choices', { params: { id }, body: { field, ...(search && { search }) } });
