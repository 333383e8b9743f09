import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment } from './shared.ts';

/** JSON Schema of a form; `title`, `description`, `secret` and `choices` stand in its properties. */
const formSchema = z.record(z.string(), z.unknown());
/** A message as it is seen at its provider: a mail, a message in a chat, a request to a program. */
export const shownMessage = z.discriminatedUnion('as', [
  z.object({ as: z.literal('mail'), from: z.string(), subject: z.string(), html: z.string(), text: z.string() }),
  z.object({
    as: z.literal('chat'),
    sender: z.string(),
    title: z.string(),
    /** Empty where it says no more than the title. */
    text: z.string(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    link: z.object({ label: z.string(), url: z.string() }).nullable(),
    footer: z.string(),
    /** Its colour in the chat, where that has any. */
    color: z.string().nullable(),
    /** Whether people are made to look. */
    loud: z.boolean(),
  }),
  z.object({
    as: z.literal('request'),
    address: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    body: z.string(),
  }),
]);
export type ShownMessage = z.infer<typeof shownMessage>;

/** What is worth knowing of how a provider's settings stand: words, then a moment. */
const providerNote = z.object({ text: z.string(), until: moment });
export type ProviderNote = z.infer<typeof providerNote>;
export const testStep = z.object({ label: z.string(), state: z.enum(['ok', 'bad', 'idle']), detail: z.string() });
export const providerView = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  state: z.enum(['inactive', 'active', 'paused']),
  /** Why it is paused, and since when. */
  reason: z.string().nullable(),
  pausedAt: moment.nullable(),
  /** Until when the service asked to be left alone; null where it did not. */
  heldUntil: moment.nullable(),
  activeSince: moment.nullable(),
  /** Works without being set up: email keeps its messages in the product until a server is set. */
  embedded: z.string().nullable(),
  settingsForm: formSchema,
  targetForm: formSchema,
  /** What is set, without the secrets. */
  settings: z.record(z.string(), z.unknown()),
  /** For each secret that is set, how it ends. */
  secrets: z.record(z.string(), z.string()),
  note: providerNote.nullable(),
  lastSuccessAt: moment.nullable(),
  lastFailure: z.object({ at: moment, reason: z.string() }).nullable(),
  rules: z.int(),
});
export type ProviderView = z.infer<typeof providerView>;

/** What a form holds, to be checked by the provider's own schema. */
export const givenSettings = z.record(z.string().max(60), z.unknown());
export const listProviders = endpoint('GET', '/notification-providers', 'The ways out, and whether each is active.', {
  result: z.object({ items: z.array(providerView) }),
});
export const getProvider = endpoint('GET', '/notification-providers/:id', 'One provider.', { result: providerView });
export const activateProvider = endpoint(
  'PUT',
  '/notification-providers/:id',
  'Tests the settings against the real service and saves them if it agrees. A secret left out keeps the stored one, unless the address changed.',
  {
    body: z.strictObject({ settings: givenSettings }),
    result: providerView,
  },
);
export const testProvider = endpoint(
  'POST',
  '/notification-providers/:id/test',
  'Tries the settings without saving them; with a target it sends a message marked as a test.',
  {
    body: z.strictObject({ settings: givenSettings.optional(), target: givenSettings.optional() }),
    result: z.object({ ok: z.boolean(), steps: z.array(testStep) }),
  },
);
export const providerChoices = endpoint(
  'POST',
  '/notification-providers/:id/choices',
  'What a field of the target can be, asked of the service.',
  {
    body: z.strictObject({ field: z.string().max(60), search: z.string().trim().max(100).optional() }),
    result: z.object({
      items: z.array(z.object({ value: z.string(), label: z.string(), note: z.string().optional() })),
      /** There are more: narrow the search. */ more: z.boolean(),
    }),
  },
);
export const previewProvider = endpoint(
  'POST',
  '/notification-providers/:id/preview',
  'An example message as the provider will show it, for a target; nothing is sent.',
  { body: z.strictObject({ target: givenSettings }), result: shownMessage },
);
export const deactivateProvider = endpoint(
  'DELETE',
  '/notification-providers/:id',
  'Deactivates a provider and forgets its secrets. Rules send nothing by it any more.',
  { result: providerView },
);
