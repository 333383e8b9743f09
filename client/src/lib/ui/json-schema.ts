/** What `Form` draws of a JSON Schema, as zod 4 writes it with `.meta({ title, description, secret, choices })`. */
export interface PropertySchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | undefined;
  title?: string | undefined;
  description?: string | undefined;
  enum?: readonly (string | number)[] | undefined;
  format?: string | undefined;
  default?: unknown;
  maxLength?: number | undefined;
  /** Write-only: the server never gives it back. */
  secret?: boolean | undefined;
  /** A secret that the form can make, with what it begins with: those who send choose it, those who receive are told. */
  makes?: string | undefined;
  /** The possible values come from outside and are fetched. */
  choices?: boolean | undefined;
  /** Longer than a line. */
  multiline?: boolean | undefined;
}
export interface FormSchema {
  properties?: Record<string, PropertySchema> | undefined;
  required?: readonly string[] | undefined;
}

/** One value a field may take. */
export interface Choice {
  value: string;
  label: string;
  /** Said after the label: "not a member". */
  note?: string | undefined;
}

/** What a service offers for a field; `more` when a narrower search would find others. */
export interface Choices {
  items: Choice[];
  more: boolean;
}
/** Asks for them; without a search, the first ones. */
export type FetchChoices = (property: string, search: string) => Promise<Choices>;

/** What a form holds: a secret that is not being replaced is absent. */
export type FormValues = Record<string, string | number | boolean | undefined>;

const inputTypes: Partial<Record<string, string>> = { email: 'email', uri: 'url' };

export const isNumber = (property: PropertySchema): boolean => property.type === 'number' || property.type === 'integer';

/** The `type` of the input for a property that is typed on one line. Numbers are text too: a wheel must not turn them. */
export const inputType = (property: PropertySchema): string => inputTypes[property.format ?? ''] ?? 'text';

/** What was typed, as the schema wants it: a number where it is one, nothing where nothing was typed. What is no number stays as it is, for the server to name. */
export function typed(property: PropertySchema, text: string): string | number | undefined {
  if (text === '') return undefined;
  const number = Number(text);
  return isNumber(property) && !Number.isNaN(number) ? number : text;
}
