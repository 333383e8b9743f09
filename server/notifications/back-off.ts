/** Seconds to wait after the first try, the second, and so on: some four hours in all. */
const WAITS = [10, 30, 120, 600, 1800, 4500, 7200] as const;
export const MAX_TRIES = WAITS.length + 1;
/** So that what failed together is not tried again together. */
const JITTER = 0.2;

/**
 * How long to wait after so many tries, in ms; `undefined` when it was the last.
 * @param random between 0 and 1
 */
export function waitAfter(tries: number, random: number): number | undefined {
  const wait = WAITS[tries - 1];
  return wait === undefined ? undefined : Math.round(wait * 1000 * (1 - JITTER + 2 * JITTER * random));
}
