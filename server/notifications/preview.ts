import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { RuleInput, dryRunRule } from '#contract/notifications.ts';
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
import { wayKey } from './target-key.ts';
import { say, sayStored } from '../words/say.ts';

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

/** Those targets of a rule that is being written that have all they need, each once. */
export function wholeTargets({ targets }: Pick<RuleInput, 'targets'>): { provider: Provider; target: Given }[] {
  const whole = new Map<string, { provider: Provider; target: Given }>();
  for (const { provider: id, target } of targets) {
    const provider = providers.get(id);
    const parsed = provider?.target.safeParse(target);
    if (provider && parsed?.success) whole.set(wayKey({ provider: id, target: parsed.data }), { provider, target: parsed.data });
  }
  return [...whole.values()];
}

type Shown = NonNullable<z.infer<NonNullable<(typeof dryRunRule)['result']>>['preview']>['shown'];
/** A rule's message as each of its providers will show it, once, by the code that sends. */
export async function shownBy(
  em: EntityManager,
  actor: Pick<Actor, 'name'>,
  { rule, happening }: { rule: Pick<RuleInput, 'name' | 'targets' | 'text'>; happening: Happening },
  tools: Tools,
): Promise<Shown> {
  const by = { name: rule.name, owner: actor.name };
  const message = await messageFor(em, { happening, text: rule.text, rule: by }, tools);
  const shown: Shown = [];
  for (const { provider, target } of wholeTargets(rule)) {
    if (shown.some(one => one.provider === provider.id)) continue;
    const settings = await settingsOf(em, provider, tools);
    shown.push({ provider: provider.id, label: sayStored(provider.label), message: provider.show(message, target, settings) });
  }
  return shown;
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
