import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tools } from '../platform/tools.ts';
import { organisationName } from '../settings/queries.ts';
import { say } from '../words/say.ts';
import { factAt } from './conditions.ts';
import { type Happening, factRows, factsOf, sentenceOf, words } from './facts.ts';
import type { Message } from './providers/_provider.ts';

/** What a rule says of an event, before it is laid out for a provider. */
export type Said = Pick<Message, 'title' | 'text' | 'facts'>;

const PLACEHOLDER = /\{([^{}]{1,100})\}/g;

/** A text of one's own with facts in it. Nothing but names stands between the braces; an unknown one says nothing. */
export const filled = (text: string, happening: Happening): string => {
  const facts = factsOf(happening);
  return text.replaceAll(PLACEHOLDER, (_, path: string) => words(factAt(facts, path.trim())) ?? '');
};

/** What is to be said of an event: the default words, or a rule's own. */
export function sayingOf(happening: Happening, { text, test = false }: { text: string | null; test?: boolean }): Said {
  const title = sentenceOf(happening);
  return {
    title: test ? say('[Test] {title}', { title }) : title,
    text: text === null ? title : filled(text, happening),
    facts: factRows(happening),
  };
}

/** Whose message it is, and where it can be looked at. */
interface Frame {
  id: string;
  test: boolean;
  rule: { name: string; owner: string };
  /** A path in the product, or an address that the event brought. */
  link: string | undefined;
  /** What it tells of; absent for one that tells of several things. */
  happening?: Happening | undefined;
}

/** What is said, ready for its provider. */
export async function framed(
  em: EntityManager,
  { baseUrl }: Pick<Tools, 'baseUrl'>,
  said: Said,
  { id, test, rule, link, happening }: Frame,
): Promise<Message> {
  const by = { rule: rule.name, owner: rule.owner };
  return {
    deliveryId: id,
    organisation: await organisationName(em),
    ...said,
    ...(link !== undefined && { link: { label: say('Open'), url: new URL(link, baseUrl).href } }),
    footer: test
      ? say('This is a test of the rule “{rule}”, which {owner} made in Quarterdeck.', by)
      : say('Sent by the rule “{rule}”, which {owner} made in Quarterdeck.', by),
    ...(happening && { event: { type: happening.type, at: happening.at, actor: happening.actorName, facts: happening.facts } }),
  };
}
