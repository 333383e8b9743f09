import type { ShownMessage } from '#contract/providers.ts';
import { escapeHtml } from '../mail-layout.ts';
import { type Message, asChat } from './_provider.ts';

/** HipChat's limits, in characters: a message, a card's title, its description, an attribute's label and value, and who sends. */
const [MESSAGE, TITLE, DESCRIPTION, LABEL, SENDER] = [10_000, 500, 1000, 50, 64];
const MOST_FACTS = 20;

export const COLORS = ['yellow', 'green', 'red', 'purple', 'gray', 'random'] as const;
/** How a message looks in its room, as a rule chooses it. */
export interface Looks {
  color: (typeof COLORS)[number];
  /** Whether the room's people are made to look. */
  notify: boolean;
  format: 'html' | 'text';
}

/** A pair of surrogates stays whole. */
const shorter = (words: string, most: number): string =>
  words.length <= most ? words : `${words.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
/** The facts that fit on a card. */
const factsOn = ({ facts }: Message): Message['facts'] =>
  facts
    .filter(({ value }) => value !== '')
    .slice(0, MOST_FACTS)
    .map(({ label, value }) => ({ label: shorter(label, LABEL), value: shorter(value, LABEL) }));
const lines = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>');

/** In text an `@` before a word calls people; an invisible joiner between them leaves what people see. */
const calm = (words: string): string => words.replaceAll(/@(?=\S)/g, '@\u2060');

function htmlOf({ title, text, facts, link, footer, deliveryId }: Message): string {
  return [
    `<b>${escapeHtml(title)}</b>`,
    ...(text === '' || text === title ? [] : [lines(text)]),
    ...facts.map(({ label, value }) => `${escapeHtml(label)}: <b>${lines(value)}</b>`),
    ...(link ? [`<a href="${escapeHtml(new URL(link.url).href)}">${escapeHtml(link.label)}</a>`] : []),
    `<i>${escapeHtml(footer)}</i>`,
    `<i>${deliveryId}</i>`,
  ].join('<br>');
}

/** Begins with words of ours: what begins with a slash would be a command, whoever wrote it. */
function textOf({ title, text, facts, link, footer, deliveryId }: Message): string {
  return [
    `» ${calm(title)}`,
    ...(text === '' || text === title ? [] : [calm(text)]),
    ...facts.map(({ label, value }) => `${calm(label)}: ${calm(value)}`),
    ...(link ? [new URL(link.url).href] : []),
    calm(footer),
    deliveryId,
  ].join('\n');
}

/** The message in either form, by leaving out what there is too much of: facts from their end, then the text's. */
function fitting(message: Message, format: Looks['format']): string {
  const write = format === 'html' ? htmlOf : textOf;
  let { facts, text } = message;
  let written = write(message);
  while (written.length > MESSAGE && (facts.length > 0 || text.length > 0)) {
    if (facts.length > 0) facts = facts.slice(0, -1);
    else text = text.length > 1 ? shorter(text, Math.floor(text.length / 2)) : '';
    written = write({ ...message, facts, text });
  }
  return written.length > MESSAGE ? write({ ...message, title: shorter(message.title, TITLE), facts, text }) : written;
}

/**
 * A message as `POST /v2/room/{id}/notification` takes it: a card where the room's clients know cards, else what stands beside it
 * (https://developer.atlassian.com/server/hipchat/sending-messages).
 */
export function hipChatMessage(message: Message, { color, notify, format }: Looks) {
  const { title, text, link, organisation, deliveryId } = message;
  return {
    from: shorter(organisation, SENDER),
    color,
    notify,
    message_format: format,
    message: fitting(message, format),
    card: {
      style: 'application',
      format: 'medium',
      id: deliveryId,
      title: shorter(title, TITLE),
      ...(text === '' || text === title ? {} : { description: { format: 'text', value: shorter(text, DESCRIPTION) } }),
      ...(link && { url: new URL(link.url).href }),
      attributes: factsOn(message).map(({ label, value }) => ({ label, value: { label: value } })),
    },
  };
}

/** The card as the room sees it. */
export const hipChatShown = (message: Message, { color, notify }: Looks): ShownMessage =>
  asChat(
    { ...message, title: shorter(message.title, TITLE), text: shorter(message.text, DESCRIPTION), facts: factsOn(message) },
    { color, loud: notify },
  );
