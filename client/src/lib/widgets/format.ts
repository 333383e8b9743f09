import { locale } from '#lib/words/en/language.ts';
import { dashboard as words } from '#lib/words/en/dashboard.ts';

const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An amount with as many digits after the point as its currency has (ISO 4217): "23.50" dollars, "24" yen. */
function sum(value: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions();
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/**
 * A figure as people read it: grouped, and "unknown" where it is unknown, since that is not zero.
 * @param of what it counts: its unit, or what it is called. The code of a currency makes it a sum of money.
 */
export function figure(value: number | string | null | undefined, of?: string): string {
  if (value === null || value === undefined) return words.unknown;
  if (typeof value !== 'number') return value;
  return of !== undefined && currencies.has(of) ? sum(value, of) : numbers.format(value);
}

/** "1.2k": where there is room for no more. */
export const compact = (value: number): string => short.format(value);

/** "340 ms", "12 s", "9 min", "3 h", "2 d"; `ms` is a length of time in milliseconds. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}
