/** One point of a line in pixels; without `y` nothing is known there. */
export interface Point {
  x: number;
  y: number | undefined;
}
const round = (n: number): number => Math.round(n * 10) / 10;

/** Divides where nothing is known: what lies on either side is never joined. */
export function pieces(points: readonly Point[]): { x: number; y: number }[][] {
  const found: { x: number; y: number }[][] = [[]];
  for (const { x, y } of points) {
    if (y === undefined) found.push([]);
    else found.at(-1)?.push({ x, y });
  }
  return found.filter(({ length }) => length > 0);
}

/** A line as an SVG path. A value alone between gaps becomes a dot, where the line's ends are round. */
export const linePath = (points: readonly Point[]): string =>
  pieces(points)
    .map(piece => `M${piece.map(({ x, y }) => `${round(x)},${round(y)}`).join('L')}${piece.length === 1 ? 'h.01' : ''}`)
    .join('');

/** What lies between a line and its foot. */
export const areaPath = (points: readonly Point[], foot: number): string =>
  pieces(points)
    .filter(({ length }) => length > 1)
    .map(
      piece => `M${round(piece[0]?.x ?? 0)},${round(foot)}L${piece.map(({ x, y }) => `${round(x)},${round(y)}`).join('L')}V${round(foot)}Z`,
    )
    .join('');

/** Columns that begin at each `x`, from one height to another. Of nothing there is none. */
export const columnsPath = (columns: readonly { x: number; from: number; to: number }[], width: number): string =>
  columns
    .filter(({ from, to }) => from !== to)
    .map(({ x, from, to }) => `M${round(x)},${round(from)}h${round(width)}V${round(to)}h${-round(width)}Z`)
    .join('');

/** Amounts upon each other: for each series where its columns begin and end, `undefined` where nothing is known. Below zero they hang. */
export function stack(series: readonly { values: readonly (number | null)[] }[]): ({ from: number; to: number } | undefined)[][] {
  const above: number[] = [];
  const below: number[] = [];
  return series.map(({ values }) =>
    values.map((value, i) => {
      if (value === null) return undefined;
      const side = value < 0 ? below : above;
      const from = side[i] ?? 0;
      side[i] = from + value;
      return { from, to: from + value };
    }),
  );
}
