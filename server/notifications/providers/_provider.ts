import { z } from 'zod';
import type { testStep } from '#contract/notifications.ts';
import type { Tools } from '../../platform/tools.ts';
import type { FinishedMail } from '../system-mail.ts';

/** What a provider may use: no database, and no way out but the guarded one. */
export type ProviderTools = Pick<Tools, 'outbound' | 'slackApiUrl' | 'smtpUrl' | 'baseUrl' | 'version'>;
/** Settings or a target as they are stored and sent. */
export type Given = Record<string, unknown>;
export type Step = z.infer<typeof testStep>;
export interface Choices {
  items: { value: string; label: string; note?: string }[];
  more: boolean;
}

/** What is to be said, in plain words: each provider escapes for its own medium. */
export interface Message {
  /** Travels with every copy, so that a repeat can be told from a second message. */
  deliveryId: string;
  organisation: string;
  title: string;
  text: string;
  facts: { label: string; value: string }[];
  /** Where it can be looked at; the address is whole. */
  link?: { label: string; url: string };
  /** Who sends it and why. */
  footer: string;
  /** A mail of the product's own, ready to go; the fields above only describe it. */
  mail?: FinishedMail;
}

/** The service says no and will say no again. The message is the reason, with its cure, for people. */
export class Refused extends Error {
  override name = 'Refused';
}
/** It may work later. The message is the reason, for people. */
export class TryAgain extends Error {
  override name = 'TryAgain';
  /** ms for which the service asked to be left alone; that wait is no try. */
  readonly holdMs: number | undefined;
  /** Fewer tries than usual, where hope is small. */
  readonly most: number | undefined;
  constructor(message: string, options: { holdMs?: number; most?: number } = {}) {
    super(message);
    this.holdMs = options.holdMs;
    this.most = options.most;
  }
}
/** The settings are no longer good: everything for this provider waits for a person. The message is the reason. */
export class Pause extends Error {
  override name = 'Pause';
}

interface Spec<S extends z.ZodObject, T extends z.ZodObject> {
  /** Its file's name. */
  id: string;
  label: string;
  description: string;
  /** Each field with a `title`; `secret: true` is stored encrypted and never given back. */
  settings: S;
  /** Whom a rule's message goes to; `choices: true` is filled by `choices`. */
  target: T;
  /** What happens to messages while nothing is set up; absent: rules cannot use it before. */
  embedded?: string;
  /** Settings of the environment, used while none are stored. */
  fallback?: (tools: ProviderTools) => z.output<S> | undefined;
  /** Where secrets are sent: when it changes, stored ones are dropped. */
  sentTo: (settings: Given) => string;
  /** Tries the settings on the real service. The first step that is `bad` refuses them. */
  check: (settings: z.output<S>, tools: ProviderTools) => Promise<Step[]>;
  choices?: Readonly<Record<string, (settings: z.output<S>, search: string, tools: ProviderTools) => Promise<Choices>>>;
  /** The target in words, asked of the service where it knows better. @throws Refused when there is no such target */
  describe: (target: z.output<T>, settings: z.output<S> | undefined, tools: ProviderTools) => Promise<string>;
  /** @returns what the service answered. @throws Refused, TryAgain, Pause; anything else counts as TryAgain */
  send: (message: Message, settings: z.output<S>, target: z.output<T>, tools: ProviderTools) => Promise<string>;
}

/** A way out, as the rest of the product sees it. */
export interface Provider extends Pick<Spec<z.ZodObject, z.ZodObject>, 'id' | 'label' | 'description' | 'settings' | 'target' | 'sentTo'> {
  kind: 'provider';
  embedded: string | undefined;
  /** JSON Schema (draft 2020-12), for the form. */
  settingsForm: Given;
  targetForm: Given;
  /** Names of the settings that are secrets. */
  secrets: readonly string[];
  fallback: (tools: ProviderTools) => Given | undefined;
  check: (settings: Given, tools: ProviderTools) => Promise<Step[]>;
  choices: (field: string, settings: Given, search: string, tools: ProviderTools) => Promise<Choices> | undefined;
  describe: (target: Given, settings: Given | undefined, tools: ProviderTools) => Promise<string>;
  send: (message: Message, settings: Given, target: Given, tools: ProviderTools) => Promise<string>;
}

/** Makes a provider of its description; each file here has one as its default export. */
export function provider<S extends z.ZodObject, T extends z.ZodObject>(spec: Spec<S, T>): Provider {
  const { settings, target, choices = {}, fallback } = spec;
  const secrets = Object.entries(settings.shape).flatMap(([name, field]) =>
    z.globalRegistry.get(field as z.ZodType)?.['secret'] === true ? [name] : [],
  );
  return {
    kind: 'provider',
    id: spec.id,
    label: spec.label,
    description: spec.description,
    settings,
    target,
    sentTo: spec.sentTo,
    embedded: spec.embedded,
    settingsForm: z.toJSONSchema(settings, { io: 'input' }),
    targetForm: z.toJSONSchema(target, { io: 'input' }),
    secrets,
    fallback: tools => fallback?.(tools),
    check: async (given, tools) => spec.check(settings.parse(given), tools),
    choices: (field, given, search, tools) =>
      Object.hasOwn(choices, field) ? choices[field]?.(settings.parse(given), search, tools) : undefined,
    describe: async (to, given, tools) => spec.describe(target.parse(to), given && settings.parse(given), tools),
    send: async (message, given, to, tools) => spec.send(message, settings.parse(given), target.parse(to), tools),
  };
}
