import { justNow, locale } from '#lib/words/en/language.ts';
import { createSubscriber } from 'svelte/reactivity';

/** A moment as the API writes it (ISO 8601), as `Date.now()` counts it (ms), or as a date. */
export type When = string | number | Date;

const LOCALE = locale;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// One clock ticks for every stamp on the page, and only while one is shown.
const everySecond = createSubscriber(update => {
  const timer = setInterval(update, 1000);
  return () => clearInterval(timer);
});
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' });

const makeFormats = (timeZone: string | undefined) => {
  const zone = timeZone === undefined ? {} : { timeZone };
  return {
    time: new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium', ...zone }),
    minute: new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short', ...zone }),
    day: new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...zone }),
    dayOfYear: new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', ...zone }),
    date: new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', ...zone }),
    full: new Intl.DateTimeFormat(LOCALE, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
      ...zone,
    }),
  };
};
let zone = $state<string>();
const formats = $derived(makeFormats(zone));

/** Every absolute time on the page is shown in this zone from now on; without one, in the browser's. */
export function useTimeZone(timeZone: string | undefined): void {
  zone = timeZone;
}
/** The zone that times are shown in; `undefined` is the browser's. */
export const timeZone = (): string | undefined => zone;

/** In ms since 1970. */
export const inMs = (when: When): number => (typeof when === 'string' ? Date.parse(when) : Number(when));

/** As the `datetime` of a `<time>`. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made, read and gone: nothing watches it
export const iso = (when: When): string => (typeof when === 'string' ? when : new Date(inMs(when)).toISOString());

/** The present in ms; read in a template or a derived, it is read again every second. */
export function now(): number {
  everySecond();
  return Date.now();
}

/** How far `then` lies from `from`: "now", "12 sec ago", "in 3 days". */
export function ago(then: When, from: number): string {
  const seconds = Math.round((inMs(then) - from) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) return justNow;
  if (size < MINUTE) return relative.format(seconds, 'second');
  if (size < HOUR) return relative.format(Math.round(seconds / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(seconds / HOUR), 'hour');
  return relative.format(Math.round(seconds / DAY), 'day');
}

/** "4:12", "0:09" or "1:04:00"; for waits that tick. Never negative. */
export function countdown(until: When, from: number): string {
  const left = Math.max(0, Math.ceil((inMs(until) - from) / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const head = left >= HOUR ? `${Math.floor(left / HOUR)}:${two(minutes)}` : String(minutes);
  return `${head}:${two(left % MINUTE)}`;
}

/** "14:02:51" */
export const atTime = (when: When): string => formats.time.format(inMs(when));
/** "14:02" */
export const atMinute = (when: When): string => formats.minute.format(inMs(when));
/** "Fri 27 Nov, 14:02" */
export const onDay = (when: When): string => formats.day.format(inMs(when));
/** "27 Nov" */
export const onDayOfYear = (when: When): string => formats.dayOfYear.format(inMs(when));
/** "27 Nov 2026" */
export const onDate = (when: When): string => formats.date.format(inMs(when));
/** "Fri, 27 Nov 2026, 14:02:51 CET": for tooltips, where nothing may be guessed. */
export const inFull = (when: When): string => formats.full.format(inMs(when));
