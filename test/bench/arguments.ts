import { parseArgs } from 'node:util';

export interface Arguments {
  /** Names of scenarios; none means all. */
  scenarios: string[];
  /** A tenth of the size, three rotations, and only counts have a gate. */
  quick: boolean;
  /** Exit with 1 when a gate fails. */
  check: boolean;
  /** Where to write the results, besides the table. */
  json: string | undefined;
}

export const USAGE = 'npm run bench [-- SCENARIO… --quick --check --json FILE]';

/** @throws Error that says what is wrong and how it is done. */
export function readArguments(words: string[], known: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, check: { type: 'boolean', default: false }, json: { type: 'string' } },
  });
  const unknown = positionals.filter(name => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(', ')}. There are ${known.join(', ')}.\n${USAGE}`);
  return { scenarios: positionals.length > 0 ? positionals : [...known], quick: values.quick, check: values.check, json: values.json };
}
