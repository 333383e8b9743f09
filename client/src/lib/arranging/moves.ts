import type { Arrangement, Placement } from '#contract/layout.ts';

/** What a widget can be made, in rows. */
const FEWEST_ROWS = 2;
const MOST_ROWS = 24;

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, Math.round(value)));
const changed = (arrangement: Arrangement, id: string, change: Partial<Placement>): Arrangement => ({
  ...arrangement,
  shown: arrangement.shown.map(placement => (placement.id === id ? { ...placement, ...change } : placement)),
});

/** Puts a widget at a place, counted from 0; the others close up. */
export function moved(arrangement: Arrangement, id: string, to: number): Arrangement {
  const placement = arrangement.shown.find(each => each.id === id);
  if (!placement) return arrangement;
  const rest = arrangement.shown.filter(each => each !== placement);
  return { ...arrangement, shown: rest.toSpliced(between(0, to, rest.length), 0, placement) };
}

/** Makes it as wide and as high as asked for, as far as the grid goes. */
export function resized(arrangement: Arrangement, id: string, size: { columns: number; rows: number }): Arrangement {
  const columns = between(1, size.columns, 3) as Placement['columns']; // a whole number from 1 to 3
  return changed(arrangement, id, { columns, rows: between(FEWEST_ROWS, size.rows, MOST_ROWS) });
}

export const collapsed = (arrangement: Arrangement, id: string, collapsed: boolean): Arrangement => changed(arrangement, id, { collapsed });

export const hidden = ({ shown, hidden: others }: Arrangement, id: string): Arrangement => ({
  shown: shown.filter(placement => placement.id !== id),
  hidden: [...others.filter(each => each !== id), id],
});

/** At the end, where nothing else moves. */
export const added = ({ shown, hidden: others }: Arrangement, placement: Placement): Arrangement => ({
  shown: [...shown.filter(({ id }) => id !== placement.id), placement],
  hidden: others.filter(id => id !== placement.id),
});
