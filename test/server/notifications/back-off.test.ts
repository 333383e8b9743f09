import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TRIES, waitAfter } from '#server/notifications/back-off.ts';
import { holdOf } from '#server/notifications/providers/_answer.ts';

const random = fc.double({ min: 0, max: 1, noNaN: true });
const MINUTE = 60_000;

test('eight tries within about four hours, further and further apart whatever the jitter', () => {
  fc.assert(
    fc.property(fc.array(random, { minLength: MAX_TRIES, maxLength: MAX_TRIES }), randoms => {
      const waits = randoms.map((one, at) => waitAfter(at + 1, one));
      expect(waits.at(-1)).toBeUndefined();
      const given = waits.filter(wait => wait !== undefined);
      expect(given).toHaveLength(MAX_TRIES - 1);
      expect(given.toSorted((a, b) => a - b)).toEqual(given);
      const sum = given.reduce((a, b) => a + b, 0);
      expect(sum).toBeGreaterThan(170 * MINUTE);
      expect(sum).toBeLessThan(300 * MINUTE);
    }),
  );
});

test('the schedule itself, where jitter is in the middle', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(tries => waitAfter(tries, 0.5))).toEqual(
    [10, 30, 120, 600, 1800, 4500, 7200].map(seconds => seconds * 1000),
  );
});

test('a Retry-After is heeded within a second and an hour, whatever it says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.constant(null)), header => {
      expect(holdOf(header)).toBeGreaterThanOrEqual(1000);
      expect(holdOf(header)).toBeLessThanOrEqual(60 * MINUTE);
    }),
  );
  expect([null, '0', '7', '99999', 'Wed, 21 Oct 2026 07:28:00 GMT', '-3', 'soon', '1e3'].map(holdOf)).toEqual([
    MINUTE,
    1000,
    7000,
    60 * MINUTE,
    MINUTE,
    MINUTE,
    MINUTE,
    MINUTE,
  ]);
});
