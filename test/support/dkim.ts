import { createHash, type KeyObject, verify } from 'node:crypto';

/** Header fields as they stand, folded lines and all. */
function fieldsOf(head: string): { name: string; raw: string }[] {
  return head.split(/\r\n(?![ \t])/).map(raw => ({ name: raw.slice(0, raw.indexOf(':')).toLowerCase().trim(), raw }));
}
/** RFC 6376, 3.4.2. */
const relaxed = (raw: string): string => {
  const at = raw.indexOf(':');
  const value = raw
    .slice(at + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${raw.slice(0, at).toLowerCase().trim()}:${value}`;
};
/** RFC 6376, 3.4.4. */
const relaxedBody = (body: string): string =>
  `${body
    .replaceAll(/[ \t]+(?=\r\n)/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`;

/** Checks a mail's DKIM signature as a receiver would, given the public key. @returns the tags of the signature and whether it holds */
export function checkSignature(raw: string, key: KeyObject): { tags: Record<string, string>; holds: boolean } {
  const end = raw.indexOf('\r\n\r\n');
  const fields = fieldsOf(raw.slice(0, end));
  const signature = fields.find(({ name }) => name === 'dkim-signature')?.raw ?? '';
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map(tag => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, '')]),
  ) as Record<string, string>;
  const named = (tags['h'] ?? '').split(':').map(name => fields.find(field => field.name === name.toLowerCase())?.raw);
  const signed = [...named.filter(one => one !== undefined).map(relaxed), relaxed(signature.replace(/([;\s]b=)[^;]*/, '$1'))].join('\r\n');
  const bodyHash = createHash('sha256')
    .update(relaxedBody(raw.slice(end + 4)), 'binary')
    .digest('base64');
  const holds = bodyHash === tags['bh'] && verify('sha256', Buffer.from(signed, 'binary'), key, Buffer.from(tags['b'] ?? '', 'base64'));
  return { tags, holds };
}
