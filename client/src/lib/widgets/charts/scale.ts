import { locale } from '#lib/words/en/language.ts';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What people count time in, in ms. */
const STEPS = [1, 2, 5, 10, 15, 30]
  .map(n => n * MINUTE)
  .concat(
    [1, 2, 3, 6, 12].map(n => n * HOUR),
    [1, 2, 7, 14].map(n => n * DAY),
  );

/** How far the clock of a zone is ahead of UTC at a moment, in ms. Without a zone, the browser's. */
function offsetAt(moment: number, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat(locale, {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    ...(zone !== undefined && { timeZone: zone }),
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find(each => each.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment / 1000) * 1000;
}

/**
 * Round moments between two, by the clock of a zone: full hours, or midnights also where the clocks are changed in between.
 * @param most how many there may be at most.
 */
export function timeTicks(from: number, to: number, most: number, zone: string | undefined): number[] {
  const step = STEPS.find(each => (to - from) / each <= most) ?? Infinity;
  if (step === Infinity || to < from) return [];
  const ticks: number[] = [];
  let offset = offsetAt(from, zone);
  for (let shown = Math.ceil((from + offset) / step) * step; ; shown += step) {
    offset = offsetAt(shown - offset, zone);
    const tick = shown - offset;
    if (tick > to) return ticks;
    if (tick >= from && tick > (ticks.at(-1) ?? -Infinity)) ticks.push(tick);
  }
}

/**
 * Round values from below the lowest to above the highest; zero is always among them, since a height without it says nothing.
 * Between whole numbers there is nothing to mark: half a ticket is none.
 * @param most how many steps there may be at most.
 */
export function valueTicks(values: readonly number[], most: number): number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  // Below this, powers of ten lose digits and then become zero; nothing of that height can be drawn.
  const flat = high - low < 1e-300;
  const span = flat ? 1 : high - low;
  const least = flat || values.every(Number.isInteger) ? 1 : 0;
  const rough = Math.max(least, span / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(each => each >= rough * (1 - 1e-9)) ?? rough;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
