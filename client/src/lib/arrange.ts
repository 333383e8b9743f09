import type { LayoutView, Placement } from '#contract/layout.ts';
import type { Placed } from './board.svelte.ts';

/** A widget with its place on the grid. */
export interface Place extends Placement {
  widget: Placed;
}

/**
 * Lays widgets out as somebody arranged them. Those that a layout does not know yet follow at the end, in the order given; those that
 * exist no longer, or may not be seen, leave no hole.
 */
export function arrange(widgets: readonly Placed[], { shown, hidden }: Pick<LayoutView, 'shown' | 'hidden'>): Place[] {
  const byId = new Map(widgets.map(widget => [widget.id, widget]));
  const known = new Set([...shown.map(({ id }) => id), ...hidden]);
  const placed = shown.flatMap(placement => {
    const widget = byId.get(placement.id);
    return widget ? [{ ...placement, widget }] : [];
  });
  return [...placed, ...widgets.filter(({ id }) => !known.has(id)).map(newcomer)];
}

/** How many columns of the grid a widget takes: of three, or of two, where there is room for no more. */
export const spans: Record<Placement['columns'], string> = {
  1: 'md:col-span-1',
  2: 'md:col-span-2',
  3: 'md:col-span-2 lg:col-span-3',
};

/** As big as its author made it. */
export const newcomer = (widget: Placed): Place => ({
  id: widget.id,
  columns: widget.columns,
  rows: widget.rows,
  collapsed: false,
  widget,
});
