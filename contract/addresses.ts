/** The most addresses that are invited with one request. */
export const ADDRESSES_AT_ONCE = 100;
/** The longest entry of a list: an address and a name beside it. */
export const LONGEST_ENTRY = 400;

const SEPARATORS = ',;\t\n\r';

/**
 * The entries of a pasted list: one a line, or with commas, semicolons or tabs between them, as mail programs and spreadsheets
 * give them. What stands in quotation marks or in angle brackets is not taken apart.
 */
export function splitAddresses(text: string): string[] {
  const entries: string[] = [];
  let entry = '';
  let quoted = false;
  let bracketed = false;
  for (const character of text) {
    const lineEnds = character === '\n' || character === '\r';
    if (character === '"') quoted = !quoted;
    if (character === '<') bracketed = true;
    if (character === '>' || lineEnds) bracketed = false;
    if (lineEnds) quoted = false; // a mark that was never closed ends with its line
    if (!quoted && !bracketed && SEPARATORS.includes(character)) {
      entries.push(entry);
      entry = '';
    } else entry += character;
  }
  return [...entries, entry].map(each => each.trim()).filter(each => each !== '');
}
