import { locale } from '#lib/words/en/language.ts';
import { dashboard as words } from '#lib/words/en/dashboard.ts';

const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A figure as people read it: grouped, and "unknown" where it is unknown, since that is not zero. */
export const figure = (value: number | string | null | undefined): string =>
  value === null || value === undefined ? words.unknown : typeof value === 'number' ? numbers.format(value) : value;

/** "1.2k": where there is room for no more. */
export const compact = (value: number): string => short.format(value);

/** "340 ms", "12 s", "9 min", "3 h", "2 d"; `ms` is a length of time in milliseconds. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}
