import type { TimeRange, ViewData } from '#contract/widgets.ts';
import { atMinute, onDate, onDay } from '#lib/clock.svelte.ts';
import { charts as words } from '#lib/words/en/charts.ts';
import { figure } from '../format.ts';

type Data = ViewData<'series'>;
export type Stretch = Data['ranges'][number];

const DAY = 24 * 3_600_000;

/** A figure with its unit. @param called what it is a figure of, which may be a currency where there is no unit. */
export const measured = (value: number | null | undefined, unit: string | undefined, called?: string): string =>
  unit === undefined || value === null || value === undefined ? figure(value, called) : `${figure(value, unit)} ${unit}`;

/** When a value holds, as exactly as its stretch needs: the time of a day, the day with its time, or the day alone. */
export function momentOf({ id, at }: Stretch, moment: number): string {
  if (id === '1h' || id === '24h') return atMinute(moment);
  const [first = 0, second = first + DAY] = at;
  return second - first >= DAY * 0.95 ? onDate(moment) : onDay(moment);
}

/** What amounts come to; `null` where none is known. */
export function totalOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  // Sums of decimals are off in the last place.
  return known.length === 0 ? null : Number(known.reduce((sum, value) => sum + value, 0).toPrecision(12));
}

function sayOne(kind: Data['kind'], stretch: Stretch, { label, values }: Stretch['series'][number], unit: string | undefined): string {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ value, at: stretch.at[i] ?? 0 }]));
  const [first] = known;
  if (!first) return figure(null);
  const most = known.reduce((top, each) => (each.value > top.value ? each : top), first);
  const top = { at: momentOf(stretch, most.at), value: measured(most.value, unit, label) };
  if (kind !== 'columns') return words.level(measured(values.at(-1), unit, label), top);
  return words.amount(measured(totalOf(values), unit, label), most.value > 0 ? top : undefined);
}

/** What a chart shows, in a sentence: "Refused sign-ins, last 24 hours: 12, most at 14:00 with 5." */
export function summaryOf(title: string, { kind, unit }: Pick<Data, 'kind' | 'unit'>, stretch: Stretch): string {
  const { id, series } = stretch;
  const said = series.map(each => {
    const one = sayOne(kind, stretch, each, unit);
    return series.length === 1 && each.label === title ? one : words.named(each.label, one);
  });
  return words.summary(
    words.over(title, words.lasting[id]),
    said,
    series.some(({ values }) => values.includes(null) && values.some(value => value !== null)),
  );
}

/** The values of one moment, in words. */
export const valuesAt = (stretch: Stretch, index: number, unit: string | undefined): string =>
  words.valuesAt(
    momentOf(stretch, stretch.at[index] ?? 0),
    stretch.series.map(({ label, values }) => words.named(label, measured(values[index], unit, label))),
  );

/** The stretch that somebody chose, else a day, else the first. */
export const chosen = <T extends { id?: TimeRange | undefined }>(ranges: readonly T[], choice: TimeRange | undefined): T | undefined =>
  ranges.find(({ id }) => id !== undefined && id === choice) ?? ranges.find(({ id }) => id === '24h') ?? ranges[0];
