import { z } from 'zod';
import { deliveryRow } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { NAMED, money } from './events/event.ts';
import { UNPACED, pacing } from './pacing.ts';
import { givenSettings, shownMessage } from './providers.ts';
import { id, moment, name, pageOf, pageQuery } from './shared.ts';

export const operators = ['is', 'is-not', 'contains', 'greater', 'less', 'in', 'exists'] as const;
export const condition = z.strictObject({
  /** A fact by its path, such as `total.amount`. */
  field: z.string().min(1).max(100),
  operator: z.enum(operators),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(100), money]).optional(),
});
export type Condition = z.infer<typeof condition>;
const MOST_CONDITIONS = 20;
const match = z.enum(['all', 'any']);
/** Conditions that count as one: all of them hold, or any of them does. */
export const conditionGroup = z.strictObject({ match, conditions: z.array(condition).min(1).max(MOST_CONDITIONS) });
export type ConditionGroup = z.infer<typeof conditionGroup>;

const MOST_TARGETS = 10;
/** Whom a message goes to: a provider, and what its form asks for. */
const ruleTarget = z.strictObject({ provider: z.string().max(40), target: givenSettings });
export type RuleTarget = z.infer<typeof ruleTarget>;

export const ruleInput = z.strictObject({
  name,
  enabled: z.boolean(),
  events: z.array(z.string().max(100)).min(1, 'Choose at least one event.').max(50),
  match,
  /** Single ones, and groups of them. */
  conditions: z.array(z.union([conditionGroup, condition])).max(MOST_CONDITIONS),
  /** Each gets the message, at a pace of its own. */
  targets: z
    .array(ruleTarget, 'List the targets, each with its provider.')
    .min(1, 'Choose at least one target.')
    .max(MOST_TARGETS, 'At most 10 targets.'),
  /** A text of one's own with facts as `{placeholders}`; null for the default text. */
  text: z.string().trim().max(2000).nullable(),
  /** Quiet hours, a throttle or a digest; each null where there is none. A throttle counts the messages of each target by itself. */
  pacing: pacing.default(UNPACED),
});
export type RuleInput = z.infer<typeof ruleInput>;
export const ruleView = ruleInput.extend({
  id,
  /** The rule as one sentence. */
  sentence: z.string(),
  targets: z.array(
    ruleTarget.extend({
      /** The target in words, such as `#sales`. */
      label: z.string(),
      /** Nothing goes there while its provider is not active. */
      providerState: z.enum(['inactive', 'active', 'paused']),
    }),
  ),
  /** Whoever answers for it; while they are disabled it does not fire. */
  owner: z.object({ id, name: z.string(), disabled: z.boolean() }),
  lastFiredAt: moment.nullable(),
  sent7d: z.int(),
  failed7d: z.int(),
  /** What became of it in each of the last seven times 24 hours, the oldest first. */
  perDay: z.array(z.object({ sent: z.int(), failed: z.int() })),
  version: z.int(),
});
export type RuleView = z.infer<typeof ruleView>;

export const RULE_STATES = ['on', 'off'] as const;
export const listRules = endpoint('GET', '/notification-rules', 'The notification rules.', {
  query: pageQuery.extend({
    event: z.string().max(100).optional().describe('A type of event that they name.'),
    provider: z.string().max(40).optional().describe('A provider that one of their targets has.'),
    state: z.enum(RULE_STATES).optional(),
  }),
  result: pageOf(ruleView),
});
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
  'Sends the rule’s message to one of its targets, marked as a test, through the same code.',
  { body: ruleTarget, status: 202, result: deliveryRow },
);
export const testRuleToMe = endpoint(
  'POST',
  '/notification-rules/:id/test-to-me',
  'Sends the rule’s message to one’s own email address, marked as a test.',
  { status: 202, result: deliveryRow },
);
export const dryRunRule = endpoint(
  'POST',
  '/notification-rules/dry-run',
  'What a rule would have sent in the last 7 days; nothing is sent.',
  {
    body: ruleInput,
    result: z.object({
      /** The rule in words, as far as it is written. */
      sentence: z.string(),
      looked: z.int(),
      matched: z.int(),
      /** Of those that matched, how many happened from 22:00 to 07:00 in the organisation’s time zone. */
      atNight: z.int(),
      /** What would have gone out to all targets together, each summary and digest counted as one. */
      messages: z.int(),
      /** How many targets that are: those that are whole, at least one. */
      targets: z.int(),
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
          /** As each provider shows it, once; none until one is chosen and its target is whole. */
          shown: z.array(z.object({ provider: z.string(), label: z.string(), message: shownMessage })),
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
            /** A list holds texts; a department, role or person is named, alone or in a list. */
            kind: z.enum(['text', 'number', 'money', 'boolean', 'choice', 'list', ...NAMED]),
            choices: z.array(z.string()).optional(),
          }),
        ),
      }),
    ),
    /** The names there are, of what the reader may see. */
    names: z.object({ department: z.array(z.string()), role: z.array(z.string()), person: z.array(z.string()) }),
  }),
});
