import type { Arrangement, Placement } from '#contract/layout.ts';

/**
 * The defaults of several roles as one. A widget stands as high as the role that puts it highest, in that role's size; between equals
 * the earlier role decides. It is hidden only where every default that knows it hides it: like rights, what one role shows is shown.
 * @param defaults in the order of the roles' names
 */
export function mergeDefaults(defaults: readonly Arrangement[]): Arrangement {
  const places = defaults.flatMap(({ shown }) => shown.map((placement, place) => ({ placement, place })));
  const shown = new Map<string, Placement>();
  // stable: of equals the earlier default's comes first
  for (const { placement } of places.toSorted((a, b) => a.place - b.place)) {
    if (!shown.has(placement.id)) shown.set(placement.id, placement);
  }
  const hidden = new Set(defaults.flatMap(each => each.hidden).filter(id => !shown.has(id)));
  return { shown: [...shown.values()], hidden: [...hidden] };
}
