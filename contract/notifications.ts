import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { UNPACED, pacing } from './pacing.ts';
import { id, moment, name, pageOf, pageQuery } from './shared.ts';

export const deliveryState = z.enum(['queued', 'sending', 'sent', 'retrying', 'failed', 'suppressed']);
export type DeliveryState = z.infer<typeof deliveryState>;

export const deliveryRow = z.object({
  id,
  createdAt: moment,
  state: deliveryState,
  /** Why it failed, waits or was suppressed; for a sent one what the service answered. */
  reason: z.string().nullable(),
  provider: z.string(),
  target: z.string(),
  /** The rule that asked for it; null for a mail of the product's own, such as an invitation. */
  rule: z.object({ id, name: z.string() }).nullable(),
  /** What it says, in a line. */
  about: z.string(),
  event: z.object({ id, type: z.string(), label: z.string() }),
  test: z.boolean(),
  /** What tells of several messages of its rule at once. */
  collects: z.enum(['summary', 'digest']).nullable(),
  /** The summary or digest that tells of it, where it does not go by itself. */
  toldBy: id.nullable(),
  tries: z.int(),
  maxTries: z.int(),
  /** While it waits: when it goes out. */
  nextTryAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** Grows with each change, so that a late word never overwrites a newer one. */
  version: z.int(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const attemptView = z.object({
  number: z.int(),
  at: moment,
  durationMs: z.int().nullable(),
  outcome: z.enum(['sent', 'retry', 'failed', 'suppressed', 'lost']),
  /** The first 2 kB of what the service said, secrets taken out. */
  answer: z.string().nullable(),
});
export const deliveryView = deliveryRow.extend({
  attempts: z.array(attemptView),
  /** The message as the provider was given it, secrets taken out. */
  message: z.object({ title: z.string(), text: z.string(), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  /** Each rule looked at for its event, and why it matched or did not. */
  rules: z.array(z.object({ id, name: z.string(), matched: z.boolean(), because: z.string() })),
  eventTitle: z.string(),
  eventSeq: z.int().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const listDeliveries = endpoint('GET', '/deliveries', 'The delivery log, newest first.', {
  query: pageQuery.extend({
    state: deliveryState.optional(),
    provider: z.string().max(40).optional(),
    rule: id.optional(),
    /** What one summary or digest tells of. */
    toldBy: id.optional(),
    search: z.string().trim().max(100).optional(),
  }),
  result: pageOf(deliveryRow),
});
export const getDelivery = endpoint('GET', '/deliveries/:id', 'One delivery with its attempts and the rules looked at.', {
  result: deliveryView,
});
export const replayDelivery = endpoint('POST', '/deliveries/:id/replay', 'Sends a failed or suppressed delivery once more.', {
  status: 202,
  result: deliveryRow,
});

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
  /** Why it is paused. */
  reason: z.string().nullable(),
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

const givenSettings = z.record(z.string().max(60), z.unknown());
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
  'Deactivates a provider and forgets its secrets. Its rules stop.',
  { result: providerView },
);

export const operators = ['is', 'is-not', 'contains', 'greater', 'less', 'in', 'exists'] as const;
export const condition = z.strictObject({
  /** A fact by its path, such as `total.amount`. */
  field: z.string().min(1).max(100),
  operator: z.enum(operators),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(100)]).optional(),
});
export type Condition = z.infer<typeof condition>;

export const ruleInput = z.strictObject({
  name,
  enabled: z.boolean(),
  events: z.array(z.string().max(100)).min(1, 'Choose at least one event.').max(50),
  match: z.enum(['all', 'any']),
  conditions: z.array(condition).max(20),
  provider: z.string().max(40),
  target: givenSettings,
  /** A text of one's own with facts as `{placeholders}`; null for the default text. */
  text: z.string().trim().max(2000).nullable(),
  /** Quiet hours, a throttle or a digest; each null where there is none. */
  pacing: pacing.default(UNPACED),
});
export type RuleInput = z.infer<typeof ruleInput>;
export const ruleView = ruleInput.extend({
  id,
  /** The rule as one sentence. */
  sentence: z.string(),
  /** The target in words, such as `#sales`. */
  targetLabel: z.string(),
  /** Whoever answers for it; while they are disabled it does not fire. */
  owner: z.object({ id, name: z.string(), disabled: z.boolean() }),
  providerState: z.enum(['inactive', 'active', 'paused']),
  lastFiredAt: moment.nullable(),
  sent7d: z.int(),
  failed7d: z.int(),
  version: z.int(),
});
export type RuleView = z.infer<typeof ruleView>;

export const listRules = endpoint('GET', '/notification-rules', 'The notification rules.', { query: pageQuery, result: pageOf(ruleView) });
export const getRule = endpoint('GET', '/notification-rules/:id', 'One rule.', { result: ruleView });
export const addRule = endpoint('POST', '/notification-rules', 'Adds a rule.', { body: ruleInput, status: 201, result: ruleView });
export const editRule = endpoint(
  'PUT',
  '/notification-rules/:id',
  'Changes a rule; a version that is no longer the newest is a conflict.',
  { body: ruleInput.extend({ version: z.int() }), result: ruleView },
);
export const deleteRule = endpoint('DELETE', '/notification-rules/:id', 'Deletes a rule. What it sent stays in the log.');
export const testRule = endpoint(
  'POST',
  '/notification-rules/:id/test',
  'Sends the rule’s message to its real target, marked as a test, through the same code.',
  { status: 202, result: deliveryRow },
);
export const dryRunRule = endpoint(
  'POST',
  '/notification-rules/dry-run',
  'What a rule would have sent in the last 7 days; nothing is sent.',
  {
    body: ruleInput,
    result: z.object({
      looked: z.int(),
      matched: z.int(),
      /** Of those that matched, how many happened from 22:00 to 07:00 in the organisation’s time zone. */
      atNight: z.int(),
      /** What would have gone out, each summary and digest counted as one. */
      messages: z.int(),
      /** Of those that matched: told of by a summary or digest, and dropped in quiet hours. */
      gathered: z.int(),
      dropped: z.int(),
      latest: z.array(z.object({ eventId: id, at: moment, title: z.string() })),
      /** The newest match, or an example, as the provider would show it. */
      preview: z
        .object({
          title: z.string(),
          text: z.string(),
          facts: z.array(z.object({ label: z.string(), value: z.string() })),
          /** As its provider shows it; null until the provider is chosen and the target is whole. */
          shown: shownMessage.nullable(),
        })
        .nullable(),
    }),
  },
);

/** What the rule builder offers. */
export const ruleCatalogue = endpoint('GET', '/notification-rules/catalogue', 'Events with their facts, for building rules.', {
  result: z.object({
    events: z.array(
      z.object({
        type: z.string(),
        label: z.string(),
        family: z.string(),
        fields: z.array(
          z.object({
            path: z.string(),
            label: z.string(),
            kind: z.enum(['text', 'number', 'boolean', 'choice', 'list']),
            choices: z.array(z.string()).optional(),
          }),
        ),
      }),
    ),
  }),
});

export const keptMail = z.object({ deliveryId: id, to: z.string(), subject: z.string(), keptAt: moment });
export const listKeptMail = endpoint('GET', '/kept-mail', 'Messages kept because no mail server is set, newest first.', {
  query: pageQuery,
  result: pageOf(keptMail),
});
export const readKeptMail = endpoint('POST', '/kept-mail/:id/open', 'Opens a kept message; opening is recorded.', {
  result: keptMail.extend({ from: z.string(), text: z.string() }),
});
