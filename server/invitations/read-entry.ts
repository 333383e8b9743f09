import { email } from '#contract/shared.ts';
import { say } from '../words/say.ts';

const LONGEST_NAME = 100;

/** One entry of a list of addresses, read: an address, with the name that stood beside it, or why it is none. */
export type Entry = { email: string; name: string | undefined } | { why: string };

const unquoted = (words: string): string =>
  words.length > 1 && words.startsWith('"') && words.endsWith('"') ? words.slice(1, -1).replaceAll('\\"', '"').trim() : words;

/** The address before its name, as `Sam Lee <sam@northwind.example>` has it. */
function apart(entry: string): { address: string; words: string } {
  const from = entry.lastIndexOf('<');
  if (from < 0 || !entry.endsWith('>')) return { address: unquoted(entry), words: '' };
  return { address: entry.slice(from + 1, -1).trim(), words: unquoted(entry.slice(0, from).trim()) };
}

/** Reads one entry: `sam@northwind.example`, `"sam@northwind.example"` or `Sam Lee <sam@northwind.example>`. */
export function readEntry(entry: string): Entry {
  const { address, words } = apart(entry.trim());
  if (!address.includes('@')) return { why: say('There is no email address in it.') };
  const { data, error } = email.safeParse(address);
  if (error) return { why: error.issues[0]?.message ?? say('This is not an email address.') };
  const name = words
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  return { email: data, name: name === '' ? undefined : name };
}
