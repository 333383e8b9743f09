import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Coalescer, WINDOW } from '#server/platform/live/coalescer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a window', () => {
  test('runs the first at once, loses none, keeps its pace, and makes one of what comes together', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(120)), { maxLength: 40 }), pokes => {
        const start = Date.now();
        const runs = { a: [] as number[], b: [] as number[] };
        const poked = { a: -Infinity, b: -Infinity };
        const coalescer = new Coalescer<'a' | 'b'>(key => runs[key].push(Date.now() - start));
        for (const [key, pause] of pokes) {
          vi.advanceTimersByTime(pause);
          const now = Date.now() - start;
          const quiet = now - (runs[key].at(-1) ?? -Infinity) > WINDOW;
          coalescer.poke(key);
          poked[key] = now;
          if (quiet) expect(runs[key].at(-1)).toBe(now);
        }
        vi.advanceTimersByTime(WINDOW);
        for (const key of ['a', 'b'] as const) {
          expect(runs[key].at(-1) ?? -Infinity).toBeGreaterThanOrEqual(poked[key]); // the last change was not lost
          runs[key].slice(1).forEach((at, i) => expect(at - (runs[key][i] ?? 0)).toBeGreaterThanOrEqual(WINDOW));
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
