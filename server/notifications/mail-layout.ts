import { language, say } from '../words/say.ts';

/** What a mail says, in plain words; nothing in it is markup. */
export interface MailContent {
  /** Whose admin area it comes from. */
  organisation: string;
  title: string;
  paragraphs: readonly string[];
  facts?: readonly { label: string; value: string }[];
  /** The one thing to do. */
  action?: { label: string; url: string };
  /** Who sent it and why this person has it. */
  footer: string;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Makes words safe in HTML, in text and in quoted attributes. */
export const escapeHtml = (words: string): string => words.replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? character);

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Readers that know no media queries show the light one; it stands inline. */
const DARK = `@media (prefers-color-scheme: dark) {
  .page { background: #14181a !important; } .card { background: #1d2326 !important; border-color: #343d40 !important; }
  .ink { color: #e8eceb !important; } .soft { color: #a5b0ae !important; } .action { background: #7fd1ae !important; color: #0c1a14 !important; }
}`;

const lines = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>');

function factRows(facts: MailContent['facts'] = []): string {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td class="soft" style="padding:2px 16px 2px 0;color:#55615e;vertical-align:top">${escapeHtml(label)}</td>` +
      `<td class="ink" style="padding:2px 0;color:#17201d">${lines(value)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:14px;line-height:20px">${rows.join('')}</table>`;
}

function button(action: MailContent['action']): string {
  if (!action) return '';
  const url = escapeHtml(action.url);
  return (
    `<p style="margin:24px 0"><a class="action" href="${url}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#14694a;color:#ffffff;` +
    `font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>` +
    `<p class="soft" style="margin:0 0 16px;color:#55615e;font-size:13px;line-height:19px;word-break:break-all">${say('If the button does nothing, open this address: {url}', { url })}</p>`
  );
}

function htmlOf(mail: MailContent): string {
  const paragraphs = mail.paragraphs.map(words => `<p class="ink" style="margin:0 0 16px;color:#17201d">${lines(words)}</p>`).join('');
  return `<!doctype html>
<html lang="${language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(mail.title)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#eef1ef">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#eef1ef"><tr><td align="center" style="padding:24px 12px">
<div class="card" style="max-width:560px;padding:28px;border:1px solid #d5dbd8;border-radius:8px;background:#ffffff;text-align:left;${FONT};font-size:15px;line-height:22px">
<p class="soft" style="margin:0 0 20px;color:#55615e;font-size:13px">${escapeHtml(mail.organisation)}</p>
<h1 class="ink" style="margin:0 0 16px;color:#17201d;font-size:20px;line-height:26px">${escapeHtml(mail.title)}</h1>
${paragraphs}${factRows(mail.facts)}${button(mail.action)}
<p class="soft" style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d5dbd8;color:#55615e;font-size:12px;line-height:18px">${lines(mail.footer)}</p>
</div></td></tr></table></body></html>
`;
}

function textOf({ organisation, title, paragraphs, facts = [], action, footer }: MailContent): string {
  const rows = facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
  const act = action ? `${action.label}:\n${action.url}` : '';
  return `${[title, ...paragraphs, rows, act, `-- \n${footer}\n${organisation}`].filter(part => part !== '').join('\n\n')}\n`;
}

/** Lays out a mail: HTML for light and dark that loads nothing from elsewhere, and a twin in plain text that says the same. */
export const composeMail = (mail: MailContent): { html: string; text: string } => ({ html: htmlOf(mail), text: textOf(mail) });

/** Every style that stands in a mail, by where it stands: a page that shows one in a frame names them in its own policy. */
export function mailStyles(): { attributes: string[]; elements: string[] } {
  const words = '.';
  const { html } = composeMail({
    organisation: words,
    title: words,
    paragraphs: [words],
    facts: [{ label: words, value: words }],
    action: { label: words, url: words },
    footer: words,
  });
  const all = (pattern: RegExp): string[] => [...new Set([...html.matchAll(pattern)].map(([, style = '']) => style))];
  return { attributes: all(/ style="([^"]*)"/g), elements: all(/<style>([\s\S]*?)<\/style>/g) };
}
