import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, judgeCount, judgePairs, median, pairedRatios, spread } from './verdict.ts';

const figures = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });
const quiet = [1];

describe('median and spread', () => {
  test('half of the values lie on either side, in whatever order they came', () => {
    fc.assert(
      fc.property(figures, values => {
        const middle = median(values);
        expect(values.filter(value => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter(value => value > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(median(values.toReversed())).toBe(middle);
      }),
    );
  });

  test('the spread encloses every value', () => {
    fc.assert(
      fc.property(figures, values => {
        const { min, median: middle, max } = spread(values);
        expect(values.every(value => min <= value && value <= max)).toBe(true);
        expect(min <= middle && middle <= max).toBe(true);
      }),
    );
  });

  test('nothing measured is an error, not a zero', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('paired ratios', () => {
  test('a disturbance that slows both halves of a pair alike changes nothing', () => {
    const rotation = fc.record({ base: fc.integer({ min: 1, max: 1e6 }), disturbance: fc.constantFrom(1, 2, 4, 8) });
    fc.assert(
      fc.property(fc.array(rotation, { minLength: 1 }), rotations => {
        const baseline = rotations.map(({ base, disturbance }) => base * disturbance);
        const ours = baseline.map(value => value * 1.5);
        expect(pairedRatios(ours, baseline).every(ratio => ratio === 1.5)).toBe(true);
      }),
    );
  });

  test('a half without its other half is an error', () => {
    expect(() => pairedRatios([1, 2], [1])).toThrow(RangeError);
  });
});

describe('bounds', () => {
  test.each([
    ['>=0.9', 0.9, true],
    ['>=0.9', 0.89, false],
    ['<=1024', 1024, true],
    ['<=1024', 1025, false],
    ['=1', 1, true],
    ['=1', 1.01, false],
    ['–', 1e9, true],
    ['<=1', Number.NaN, false],
    ['>=1', Number.NaN, false],
  ] as const)('%s is kept by %d: %s', (bound, value, kept) => {
    expect(holds(bound, value)).toBe(kept);
  });
});

describe('verdicts', () => {
  test('the median of the pairs decides, so that one bad rotation does not', () => {
    expect(judgePairs({ ours: [2, 2, 0.1], baseline: [2, 2, 2], generator: quiet }, '>=0.9')).toBe('ok');
    expect(judgePairs({ ours: [1, 1, 2], baseline: [2, 2, 2], generator: quiet }, '>=0.9')).toBe('fail');
  });

  test('a baseline that swings by more than three proves nothing, either way', () => {
    expect(judgePairs({ ours: [9, 9, 9], baseline: [1, 2, 3.1], generator: quiet }, '>=0.9')).toBe('void');
    expect(judgePairs({ ours: [0.1, 0.1, 0.1], baseline: [1, 2, 3.1], generator: quiet }, '>=0.9')).toBe('void');
    expect(judgePairs({ ours: [9, 9, 9], baseline: [1, 2, 3], generator: quiet }, '>=0.9')).toBe('ok');
  });

  test('a load generator that worked harder than the server measured itself', () => {
    expect(judgePairs({ ours: [1], baseline: [1], generator: [1.4, 1.6, 1.7] }, '>=0.9')).toBe('void');
    expect(judgePairs({ ours: [1], baseline: [1], generator: [1.4, 1.5, 1.7] }, '>=0.9')).toBe('ok');
  });

  test('counts are exact and never void', () => {
    expect(judgeCount(1, '=1')).toBe('ok');
    expect(judgeCount(2, '=1')).toBe('fail');
  });
});
