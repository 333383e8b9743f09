import { LOCALES, type Language } from '#contract/languages.ts';
import { language } from './say.ts';

const locale = (): string => LOCALES[language()];

/** Full date and time in a zone, which is named: "Friday 31 January 2030 at 12:00 (Europe/Berlin)". */
export const inFull = (moment: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short', timeZone }).format(moment)} (${timeZone})`;

const SHORT = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
/** Date and time in a zone, which is named: "Fri, 31 Jan 2030, 12:00 (Europe/Berlin)". */
export const inShort = (moment: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat(locale(), { ...SHORT, timeZone }).format(moment)} (${timeZone})`;

/** The time of day in a zone. */
export const clockTime = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone }).format(moment);

/** Day and time in a zone, for a line of a list. */
export const dayAndTime = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(), { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(moment);

/** "a, b and c". */
export const listed = (names: readonly string[], among: Language = language()): string => new Intl.ListFormat(LOCALES[among]).format(names);

/** An amount as people write it, with its currency (ISO 4217). */
export const sumInWords = ({ amount, currency }: { amount: number; currency: string }): string =>
  `${new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false }).format(amount)} ${currency}`;
