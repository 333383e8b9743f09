import type { ChatPostMessageArguments } from '@slack/web-api';
import type { ShownMessage } from '#contract/providers.ts';
import { type Message, asChat } from './_provider.ts';

/** Slack's limits, in characters: a section's text, a field of it, the fallback text; and fields in a section. */
const [SECTION, FIELD, FALLBACK, FIELDS] = [2900, 1900, 3500, 10];

/** Makes words words in mrkdwn: nothing in them is a mention, a link or a macro (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export const escapeSlack = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cuts before escaping, so that no entity is cut in two; `&` grows to five characters at most. */
function shorter(words: string, most: number): string {
  if (escapeSlack(words).length <= most) return words;
  let kept = words.slice(0, most);
  while (escapeSlack(kept).length >= most) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  // a pair of surrogates stays whole
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
const cut = (words: string, most: number): string => escapeSlack(shorter(words, most));

/** `|` would end the address within a link. */
const linkTo = ({ label, url }: { label: string; url: string }): string =>
  `<${escapeSlack(new URL(url).href).replaceAll('|', '%7C')}|${escapeSlack(label).replaceAll('|', '¦')}>`;
/** As it stands: what looks like an address or a channel is not made one. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text, verbatim: true });

/** The facts that fit into a section. */
const factsOn = ({ facts }: Message): Message['facts'] =>
  facts.slice(0, FIELDS).map(({ label, value }) => ({ label: shorter(label, FIELD / 4), value: shorter(value, FIELD / 2) }));

/** The message as its channel sees it. */
export const slackShown = (message: Message): ShownMessage =>
  asChat({
    ...message,
    title: shorter(message.title, SECTION / 2),
    text: shorter(message.text, SECTION / 2),
    facts: factsOn(message),
    footer: shorter(message.footer, FIELD),
  });

/** A message as `chat.postMessage` takes it: title first, facts as fields, link last. */
export function slackMessage(message: Message, channel: string): ChatPostMessageArguments {
  const { title, text, link, footer, deliveryId } = message;
  const shown = factsOn(message);
  const said = text === '' || text === title ? '' : `\n${cut(text, SECTION / 2)}`;
  return {
    channel,
    text: cut([title, text].filter((words, at, all) => words !== '' && all.indexOf(words) === at).join('\n'), FALLBACK),
    blocks: [
      { type: 'section', text: mrkdwn(`*${cut(title, SECTION / 2)}*${said}`) },
      ...(shown.length > 0
        ? [
            {
              type: 'section' as const,
              fields: shown.map(({ label, value }) => mrkdwn(`*${escapeSlack(label)}*\n${escapeSlack(value)}`)),
            },
          ]
        : []),
      ...(link ? [{ type: 'section' as const, text: mrkdwn(linkTo(link)) }] : []),
      { type: 'context', elements: [mrkdwn(cut(footer, FIELD))] },
    ],
    link_names: false,
    parse: 'none',
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: 'quarterdeck_delivery', event_payload: { delivery_id: deliveryId } },
  };
}
