import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeMail, escapeHtml } from '#server/notifications/mail-layout.ts';
import type { Message } from '#server/notifications/providers/_provider.ts';
import { escapeSlack, slackMessage } from '#server/notifications/providers/_slack-message.ts';

/** What people have put into fields to be more than text. */
const CORPUS = [
  '<!channel> & <!here> <!everyone>',
  '<@U012AB3CD> <#C123ABC456|general> <!subteam^SAZ94GDB8>',
  '<https://evil.example|Invoice 1001>',
  '<javascript:alert(1)|x>',
  '&lt;!channel&gt;',
  '<!date^1392734382^{date}|x>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '</style><style>*{display:none}',
  '<!--',
  ']]>',
  'a\r\nBcc: evil@example.org',
  '{{7*7}} ${7*7} <%= 7*7 %>',
  '\u202Eevil\u202C',
  '*bold* _it_ `code` ~no~',
];
const hostile = fc.oneof(
  fc.constantFrom(...CORPUS),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('&', '<', '>', '|', '😀', 'a'), { maxLength: 6000 }).map(all => all.join('')),
);
const facts = fc.array(fc.record({ label: hostile, value: hostile }), { maxLength: 12 });

/** The texts of all blocks but the link's, which is ours. */
function texts(post: object): string[] {
  const { text, blocks = [] }: { text?: string; blocks?: unknown } = post;
  const found = JSON.stringify(blocks, (key, value: unknown) => (key === 'text' && typeof value === 'string' ? { said: value } : value));
  return [text ?? '', ...[...found.matchAll(/\{"said":("(?:[^"\\]|\\.)*")\}/g)].map(([, said = '""']) => JSON.parse(said) as string)];
}

test('nothing in a Slack message is a mention, a link or a macro but the link of ours', () => {
  fc.assert(
    fc.property(hostile, hostile, facts, hostile, (title, text, rows, footer) => {
      const message: Message = {
        deliveryId: 'd1',
        organisation: 'o',
        title,
        text,
        facts: rows,
        footer,
        link: { label: 'Open', url: 'https://q.example/a?b=1&c=<|>' },
      };
      const post = slackMessage(message, 'C1');
      const [links, others] = [
        texts(post).filter(said => said.startsWith('<https://q.example/')),
        texts(post).filter(said => !said.startsWith('<https://q.example/')),
      ];
      expect(links).toEqual(['<https://q.example/a?b=1&amp;c=%3C%7C%3E|Open>']);
      for (const said of others) {
        expect(said).not.toMatch(/[<>]/);
        expect(said).not.toMatch(/&(?!(amp|lt|gt);)/);
        expect(said.length).toBeLessThanOrEqual(3500);
      }
      expect(post).toMatchObject({ link_names: false, parse: 'none', unfurl_links: false, unfurl_media: false });
    }),
  );
});

test('Slack’s escaping loses nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(escapeSlack(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
    }),
  );
});

test('no value makes a tag or an attribute in a mail, and the plain twin says the same', () => {
  const bare = composeMail({
    organisation: 'o',
    title: 't',
    paragraphs: ['p'],
    facts: [{ label: 'l', value: 'v' }],
    action: { label: 'a', url: 'https://q.example/' },
    footer: 'f',
  });
  const tags = (html: string): string[] => html.match(/<[a-z!/][^>]*>/gi)?.filter(tag => tag !== '<br>') ?? [];
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, hostile, (organisation, title, paragraph, value, footer) => {
      fc.pre([organisation, title, paragraph, footer].every(Boolean));
      const mail = composeMail({
        organisation,
        title,
        paragraphs: [paragraph],
        facts: [{ label: value, value }],
        action: { label: 'a', url: 'https://q.example/' },
        footer,
      });
      expect(tags(mail.html)).toEqual(tags(bare.html));
      for (const said of [organisation, title, paragraph, footer]) expect(mail.text).toContain(said);
    }),
  );
  expect(escapeHtml(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;');
});

test('a mail loads nothing from elsewhere', () => {
  const { html } = composeMail({ organisation: 'o', title: 't', paragraphs: [], footer: 'f' });
  expect(html).not.toMatch(/src=|url\(|@import|<link|<script/i);
});
