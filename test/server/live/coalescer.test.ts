import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Coalescer, WINDOW } from '#server/platform/live/coalescer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a window', () => {
  test('runs the first at once, loses none, keeps its pace, and makes one of what comes together', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(120)), { maxLength: 40 }), pokes => {
        const runs: { key: string; at: number }[] = [];
        const coalescer = new Coalescer<string>(key => runs.push({ key, at: Date.now() }));
        for (const [key, pause] of pokes) {
          vi.advanceTimersByTime(pause);
          const at = Date.now();
          const last = runs.findLast(run => run.key === key)?.at ?? -Infinity;
          coalescer.poke(key);
          const ran = runs.findLast(run => run.key === key)?.at;
          if (at - last > WINDOW) expect(ran).toBe(at); // quiet before: no delay
        }
        const lastPoke = new Map(pokes.map(([key]) => [key, 0]));
        vi.advanceTimersByTime(WINDOW);
        for (const key of lastPoke.keys()) {
          const own = runs.filter(run => run.key === key).map(run => run.at);
          own.slice(1).forEach((at, i) => expect(at - (own[i] ?? 0)).toBeGreaterThanOrEqual(WINDOW));
        }
      }),
    );
  });

  test('ends early when it is flushed, and runs nothing twice', () => {
    const run = vi.fn();
    const coalescer = new Coalescer<string>(run);
    coalescer.poke('a');
    coalescer.poke('a');
    coalescer.flush();
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10 * WINDOW);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
