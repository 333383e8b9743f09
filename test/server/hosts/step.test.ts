import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Step, step } from '#server/hosts/step.ts';

/** What a row of checks makes of a host that nobody has looked at. */
function follow(checks: readonly boolean[], steady: number): Step[] {
  let now: Step = { state: 'unknown', streak: 0, turned: null };
  return checks.map(ok => (now = step(now, ok, steady)));
}
const checks = fc.array(fc.boolean(), { maxLength: 200 });
const steady = fc.integer({ min: 1, max: 10 });

test('it is told as down or back only after as many checks in a row as asked for, and in turns', () => {
  fc.assert(
    fc.property(checks, steady, (seen, n) => {
      const steps = follow(seen, n);
      const told = steps.flatMap(({ turned }) => turned ?? []);
      expect(told).toEqual(told.map((_, at) => (at % 2 === 0 ? 'down' : 'back')));
      steps.forEach(({ turned }, at) => {
        if (turned === null) return;
        expect(seen.slice(at - n + 1, at + 1)).toEqual(Array.from({ length: n }, () => turned === 'back'));
      });
    }),
  );
});

test('one that flaps faster than that is never told of', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 50 }), runs => {
      const seen = [true, ...runs.flatMap((length, at) => Array.from({ length }, () => at % 2 === 1))];
      expect(follow(seen, 5).every(({ turned, state }) => turned === null && state === 'up')).toBe(true);
    }),
  );
});

test('it never stays up or down longer than checks agree', () => {
  fc.assert(
    fc.property(checks, steady, fc.boolean(), (seen, n, last) => {
      const steps = follow([...seen, ...Array.from({ length: n }, () => last)], n);
      expect(steps.at(-1)?.state).toBe(last ? 'up' : 'down');
    }),
  );
});
