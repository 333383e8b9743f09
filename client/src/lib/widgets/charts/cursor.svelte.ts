/** The moment somebody points at, in ms: every chart that reaches so far shows its own values of it. */
class Cursor {
  at = $state<number>();
}
export const cursor = new Cursor();

/** The index of the moment that lies nearest, where the stretch reaches that far; `at` ascends. */
export function nearest(at: readonly number[], moment: number | undefined, margin = 0): number | undefined {
  const [first, last] = [at[0], at.at(-1)];
  if (moment === undefined || first === undefined || last === undefined || moment < first - margin || moment > last + margin)
    return undefined;
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  const before = at[low - 1];
  return before !== undefined && moment - before <= (at[low] ?? 0) - moment ? low - 1 : low;
}
