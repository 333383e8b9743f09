import type { TimeRange, ViewData } from '#contract/widgets.ts';
import { type Point, areaPath, columnsPath, linePath, stack } from './paths.ts';
import { timeTicks, valueTicks } from './scale.ts';
import type { Stretch } from './summary.ts';

type Kind = ViewData<'series'>['kind'];
const HOUR = 3_600_000;
const LASTS: Record<TimeRange, number> = { '1h': HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR };

/** The room there is, in pixels, and how many of them one pixel of the design is. */
export interface Room {
  width: number;
  height: number;
  scale: number;
}

interface Drawn {
  line: string;
  area: string;
}
export interface Plot {
  left: number;
  right: number;
  top: number;
  foot: number;
  /** Of zero, where the columns stand. */
  zero: number;
  times: { x: number; at: number }[];
  values: { y: number; value: number }[];
  series: Drawn[];
  /** Where the moment of an index is marked. */
  xOf: (index: number) => number;
  yOf: (value: number) => number;
  /** The moment under a place. */
  momentAt: (x: number) => number;
}

/** How long the steps of a stretch are, in ms. */
const stepOf = ({ id, at }: Stretch): number =>
  at.length < 2 ? LASTS[id] : Math.min(...at.slice(1).map((moment, i) => moment - (at[i] ?? 0)));

/** Lays a chart out. @param labelOf a mark of the value axis, in words. @param zone of the clock that the time axis follows. */
export function plot(kind: Kind, stretch: Stretch, room: Room, labelOf: (value: number) => string, zone: string | undefined): Plot {
  const { at, series } = stretch;
  const px = room.scale;
  const columns = kind === 'columns';
  const step = columns ? stepOf(stretch) : 0;
  const [from, to] = [at[0] ?? 0, (at.at(-1) ?? 0) + step];
  const stacked = columns ? stack(series) : [];
  const drawn = columns ? stacked.flat().flatMap(part => part?.to ?? []) : series.flatMap(({ values }) => values.filter(v => v !== null));

  const [top, foot] = [6 * px, Math.max(12 * px, room.height - 18 * px)];
  const marks = valueTicks(drawn, Math.max(1, Math.floor((foot - top) / (34 * px))));
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1];
  const left = (Math.max(...marks.map(mark => labelOf(mark).length)) * 6.2 + 10) * px;
  const right = Math.max(left + 1, room.width - 10 * px);

  const x = (moment: number): number => left + ((moment - from) / (to - from || 1)) * (right - left);
  const y = (value: number): number => foot - ((value - low) / (high - low)) * (foot - top);
  const gap = Math.min(3 * px, ((x(from + step) - left) * 1) / 4);
  const shapes = series.map(({ values }, i): Drawn => {
    if (columns) {
      const parts = at.flatMap((moment, n) => {
        const part = stacked[i]?.[n];
        return part ? [{ x: x(moment) + gap / 2, from: y(part.from), to: y(part.to) }] : [];
      });
      return { line: '', area: columnsPath(parts, Math.max(1, x(from + step) - left - gap)) };
    }
    const points = values.map((value, n): Point => ({ x: x(at[n] ?? 0), y: value === null ? undefined : y(value) }));
    return { line: linePath(points), area: kind === 'area' ? areaPath(points, y(0)) : '' };
  });

  const most = Math.max(1, Math.floor((right - left) / (64 * px)));
  return {
    left,
    right,
    top,
    foot,
    zero: y(0),
    times: timeTicks(from, to, most, zone).map(moment => ({ x: x(moment), at: moment })),
    values: marks.map(value => ({ y: y(value), value })),
    series: shapes,
    xOf: index => x((at[index] ?? 0) + step / 2),
    yOf: y,
    momentAt: place => from + ((place - left) / (right - left)) * (to - from) - step / 2,
  };
}
