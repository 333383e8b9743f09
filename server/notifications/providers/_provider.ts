import { z } from 'zod';
import type { ProviderNote, ShownMessage, testStep } from '#contract/providers.ts';
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
  /** What it tells of, as programs want it; absent for a test of the provider, for one that sums up, and for a mail of the product's own. */
  event?: { type: string; at: Date; actor: string; facts: Record<string, unknown> };
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
  /**
   * Each field with a `title`; `secret: true` is stored encrypted and never given back, `multiline: true` is longer than a line,
   * `makes: 'prefix'` lets the form make a secret that begins so. `internal: true` stands in no form: only `succeed` writes it.
   */
  settings: S;
  /** Whom a rule's message goes to; `choices: true` is filled by `choices`. */
  target: T;
  /** What happens to messages while nothing is set up; absent: rules cannot use it before. */
  embedded?: string;
  /** Settings of the environment, used while none are stored. */
  fallback?: (tools: ProviderTools) => z.output<S> | undefined;
  /** Where secrets are sent: when it changes, stored ones are dropped. */
  sentTo: (settings: Given) => string;
  /** What new settings keep of those they replace, whose secrets went to the same place: the internal fields, none where it is absent. */
  succeed?: (next: z.output<S>, before: z.output<S>, now: Date) => Partial<z.output<S>>;
  /** What is worth knowing of how the settings stand. */
  note?: (settings: z.output<S>, now: Date) => ProviderNote | undefined;
  /** Tries the settings on the real service. The first step that is `bad` refuses them. */
  check: (settings: z.output<S>, tools: ProviderTools) => Promise<Step[]>;
  choices?: Readonly<Record<string, (settings: z.output<S>, search: string, tools: ProviderTools) => Promise<Choices>>>;
  /** The target in words, asked of the service where it knows better. @throws Refused when there is no such target */
  describe: (target: z.output<T>, settings: z.output<S> | undefined, tools: ProviderTools) => Promise<string>;
  /** The message as it would be seen there, made by what sends it; without it, as a plain chat message. */
  show?: (message: Message, target: z.output<T>, settings: z.output<S> | undefined) => ShownMessage;
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
  /** Names of the settings that only the product writes. */
  internal: readonly string[];
  succeed: (next: Given, before: Given, now: Date) => Given;
  note: (settings: Given, now: Date) => ProviderNote | undefined;
  fallback: (tools: ProviderTools) => Given | undefined;
  check: (settings: Given, tools: ProviderTools) => Promise<Step[]>;
  choices: (field: string, settings: Given, search: string, tools: ProviderTools) => Promise<Choices> | undefined;
  describe: (target: Given, settings: Given | undefined, tools: ProviderTools) => Promise<string>;
  show: (message: Message, target: Given, settings: Given | undefined) => ShownMessage;
  send: (message: Message, settings: Given, target: Given, tools: ProviderTools) => Promise<string>;
}

/** The names of a schema's fields that are marked with a word in their `meta`. */
const marked = (schema: z.ZodObject, mark: string): string[] =>
  Object.entries(schema.shape).flatMap(([name, field]) => (z.globalRegistry.get(field as z.ZodType)?.[mark] === true ? [name] : []));

/** A message as chats show one: title, text, facts, link, who sent it and why. */
export const asChat = (
  { organisation, title, text, facts, link, footer }: Message,
  { color = null, loud = false }: { color?: string | null; loud?: boolean } = {},
): ShownMessage => ({
  as: 'chat',
  sender: organisation,
  title,
  text: text === title ? '' : text,
  facts,
  link: link ?? null,
  footer,
  color,
  loud,
});

/** Makes a provider of its description; each file here has one as its default export. */
export function provider<S extends z.ZodObject, T extends z.ZodObject>(spec: Spec<S, T>): Provider {
  const { settings, target, choices = {}, fallback } = spec;
  const internal = marked(settings, 'internal');
  const form = z.strictObject(Object.fromEntries(Object.entries(settings.shape).filter(([name]) => !internal.includes(name))));
  return {
    kind: 'provider',
    id: spec.id,
    label: spec.label,
    description: spec.description,
    settings,
    target,
    sentTo: spec.sentTo,
    embedded: spec.embedded,
    settingsForm: z.toJSONSchema(form, { io: 'input' }),
    targetForm: z.toJSONSchema(target, { io: 'input' }),
    secrets: marked(settings, 'secret'),
    internal,
    succeed: (next, before, now) => spec.succeed?.(settings.parse(next), settings.parse(before), now) ?? {},
    note: (given, now) => spec.note?.(settings.parse(given), now),
    fallback: tools => fallback?.(tools),
    check: async (given, tools) => spec.check(settings.parse(given), tools),
    choices: (field, given, search, tools) =>
      Object.hasOwn(choices, field) ? choices[field]?.(settings.parse(given), search, tools) : undefined,
    describe: async (to, given, tools) => spec.describe(target.parse(to), given && settings.parse(given), tools),
    show: (message, to, given) => spec.show?.(message, target.parse(to), given && settings.parse(given)) ?? asChat(message),
    send: async (message, given, to, tools) => spec.send(message, settings.parse(given), target.parse(to), tools),
  };
}
