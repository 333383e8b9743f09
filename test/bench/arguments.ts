import { parseArgs } from 'node:util';
import { Refusal } from '#server/platform/refusal.ts';

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

const USAGE = 'npm run bench [-- SCENARIO… --quick --check --json FILE]';

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  json: { type: 'string' },
} as const;

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    throw new Refusal(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`, { cause });
  }
}

/** @throws Refusal that says what is wrong and how it is done. */
export function readArguments(words: string[], known: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const unknown = positionals.filter(name => !known.includes(name));
  if (unknown.length > 0) throw new Refusal(`There is no scenario ${unknown.join(', ')}: name any of ${known.join(', ')}.\n${USAGE}`);
  return { scenarios: positionals.length > 0 ? positionals : [...known], quick: values.quick, check: values.check, json: values.json };
}
