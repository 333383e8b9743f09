import type { EntityManager } from '@mikro-orm/postgresql';
import type { RuleInput } from '#contract/notifications.ts';
import type { ShownMessage } from '#contract/providers.ts';
import type { Actor } from '../platform/actor.ts';
import type { Tools } from '../platform/tools.ts';
import { exampleOf } from './catalogue.ts';
import { type Happening, linkOf } from './facts.ts';
import { framed, sayingOf } from './message.ts';
import { providers } from './providers/_all.ts';
import type { Given, Message, Provider } from './providers/_provider.ts';
import { checked } from './rule-input.ts';
import { usableSettings } from './stored-settings.ts';
import { say } from '../words/say.ts';

/** Stands for the delivery that there is none of. */
const NO_DELIVERY = '00000000-0000-4000-8000-000000000000';
const EXAMPLE = 'invoice.paid';

/** What a provider sends with, as far as that can be read: a preview needs none of it. */
const settingsOf = (em: EntityManager, provider: Provider, tools: Tools): Promise<Given | undefined> =>
  usableSettings(em, provider, tools).then(
    usable => usable?.settings,
    () => undefined,
  );

const messageFor = (
  em: EntityManager,
  { happening, text, rule }: { happening: Happening; text: string | null; rule: { name: string; owner: string } },
  tools: Tools,
): Promise<Message> =>
  framed(em, tools, sayingOf(happening, { text }), { id: NO_DELIVERY, test: false, link: linkOf(happening), rule, happening });

/** A rule's message as its provider will show it, by the code that sends; null until the provider is chosen and the target is whole. */
export async function shownBy(
  em: EntityManager,
  actor: Pick<Actor, 'name'>,
  { rule, happening }: { rule: Pick<RuleInput, 'name' | 'provider' | 'target' | 'text'>; happening: Happening },
  tools: Tools,
): Promise<ShownMessage | null> {
  const provider = providers.get(rule.provider);
  if (!provider?.target.safeParse(rule.target).success) return null;
  const by = { name: rule.name, owner: actor.name };
  const message = await messageFor(em, { happening, text: rule.text, rule: by }, tools);
  return provider.show(message, rule.target, await settingsOf(em, provider, tools));
}

/** An example as a provider will show it. @throws Problem `invalid` */
export async function exampleShown(
  em: EntityManager,
  actor: Pick<Actor, 'name'>,
  { provider, target }: { provider: Provider; target: Given },
  tools: Tools,
): Promise<ShownMessage> {
  const to = checked(provider.target, target, 'target');
  const rule = { name: say('Example'), owner: actor.name };
  const message = await messageFor(em, { happening: exampleOf(EXAMPLE), text: null, rule }, tools);
  return provider.show(message, to, await settingsOf(em, provider, tools));
}
