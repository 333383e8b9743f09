import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tools } from '../platform/tools.ts';
import { organisation } from '../settings/queries.ts';
import { factAt } from './conditions.ts';
import { type Happening, factRows, factsOf, linkOf, sentenceOf, words } from './facts.ts';
import type { Message } from './providers/_provider.ts';

/** What a rule says of an event, before it is laid out for a provider. */
export type Said = Pick<Message, 'title' | 'text' | 'facts'>;

const PLACEHOLDER = /\{([^{}]{1,100})\}/g;
const TEST = '[Test] ';

/** A text of one's own with facts in it. Nothing but names stands between the braces; an unknown one says nothing. */
export const filled = (text: string, happening: Happening): string => {
  const facts = factsOf(happening);
  return text.replaceAll(PLACEHOLDER, (_, path: string) => words(factAt(facts, path.trim())) ?? '');
};

/** What is to be said of an event: the default words, or a rule's own. */
export function sayingOf(happening: Happening, { text, test = false }: { text: string | null; test?: boolean }): Said {
  const title = sentenceOf(happening);
  return { title: `${test ? TEST : ''}${title}`, text: text === null ? title : filled(text, happening), facts: factRows(happening) };
}

/** A rule's message about an event, ready for its provider. */
export async function ruleMessage(
  em: EntityManager,
  { baseUrl }: Pick<Tools, 'baseUrl'>,
  {
    happening,
    ...delivery
  }: { happening: Happening; id: string; text: string | null; test: boolean; rule: { name: string; owner: string } },
): Promise<Message> {
  const path = linkOf(happening);
  const { name } = await organisation(em);
  const why = delivery.test ? 'This is a test of the rule' : 'Sent by the rule';
  return {
    deliveryId: delivery.id,
    organisation: name,
    ...sayingOf(happening, delivery),
    ...(path !== undefined && { link: { label: 'Open', url: new URL(path, baseUrl).href } }),
    footer: `${why} “${delivery.rule.name}”, which ${delivery.rule.owner} made in Quarterdeck.`,
  };
}
