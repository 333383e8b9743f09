import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewData } from '#contract/widgets.ts';
import { useTimeZone } from '#lib/clock.svelte.ts';
import { nearest } from '#lib/widgets/charts/cursor.svelte.ts';
import { areaPath, linePath, pieces, stack } from '#lib/widgets/charts/paths.ts';
import { plot } from '#lib/widgets/charts/plot.ts';
import { timeTicks, valueTicks } from '#lib/widgets/charts/scale.ts';
import { summaryOf } from '#lib/widgets/charts/summary.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.parse('2026-11-25T00:00:00Z');
type Stretch = ViewData<'series'>['ranges'][number];
const stretch = (series: Stretch['series'], id: Stretch['id'] = '24h', step = HOUR): Stretch => ({
  id,
  at: (series[0]?.values ?? []).map((_, i) => MIDNIGHT + i * step),
  series,
});

describe('the marks of a chart', () => {
  test('are round, rise evenly, hold zero and whatever is drawn, and are never too many', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (drawn, most) => {
        const ticks = valueTicks(drawn, most);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(most + 3);
        expect(ticks).toContain(0);
        const slack = 1e-6 * Math.max(1, ...drawn.map(Math.abs));
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, ...drawn) + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, ...drawn) - slack);
      }),
    );
    expect(valueTicks([3, 12], 3)).toEqual([0, 5, 10, 15]);
    expect(valueTicks([], 3)[0]).toBe(0);
    // half a ticket is none, half a euro is 50 cents
    expect(valueTicks([1, 2], 4)).toEqual([0, 1, 2]);
    expect(valueTicks([1, 1.5], 4)).toEqual([0, 0.5, 1, 1.5]);
    expect(valueTicks([-5e-324], 2)).toEqual(valueTicks([], 2));
  });

  test('of time are full hours and midnights of the zone, also where its clocks are changed', () => {
    // In Lisbon the clocks go from 02:00 back to 01:00 on this night.
    const from = Date.parse('2026-10-24T00:00:00+01:00');
    expect(timeTicks(from, Date.parse('2026-10-27T00:00:00Z'), 5, 'Europe/Lisbon').map(at => new Date(at).toISOString())).toEqual([
      '2026-10-23T23:00:00.000Z',
      '2026-10-24T23:00:00.000Z',
      '2026-10-26T00:00:00.000Z',
      '2026-10-27T00:00:00.000Z',
    ]);
    expect(timeTicks(MIDNIGHT, MIDNIGHT + HOUR, 4, 'Asia/Kolkata').map(at => new Date(at).getUTCMinutes())).toEqual([0, 15, 30, 45, 0]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 30 * 24 * HOUR }),
        fc.integer({ min: 1, max: 12 }),
        (at, long, most) => {
          const ticks = timeTicks(at, at + long, most, 'America/New_York');
          expect(ticks.length).toBeLessThanOrEqual(most + 2);
          for (const [i, tick] of ticks.entries()) expect(tick).toBeGreaterThan(ticks[i - 1] ?? at - 1);
        },
      ),
    );
  });
});

describe('what a chart draws', () => {
  test('a gap is never joined, and a value alone between gaps is a dot', () => {
    const points = [1, 2, undefined, 4, undefined, 6, 7].map((y, x) => ({ x, y }));
    expect(pieces(points).map(piece => piece.map(({ y }) => y))).toEqual([[1, 2], [4], [6, 7]]);
    expect(linePath(points)).toBe('M0,1L1,2M3,4h.01M5,6L6,7');
    expect(areaPath(points, 9)).toBe('M0,9L0,1L1,2V9ZM5,9L5,6L6,7V9Z');
  });

  test('amounts stand on each other, what is below zero hangs, what is unknown takes no place', () => {
    const parts = stack([{ values: [2, null, -1] }, { values: [3, 4, -2] }]);
    expect(parts).toEqual([
      [{ from: 0, to: 2 }, undefined, { from: 0, to: -1 }],
      [
        { from: 2, to: 5 },
        { from: 0, to: 4 },
        { from: -1, to: -3 },
      ],
    ]);
  });

  test('whatever the figures and the room, everything drawn lies in the room', () => {
    const series = fc.array(fc.array(fc.option(fc.integer({ min: -50, max: 5000 })), { minLength: 6, maxLength: 6 }), {
      minLength: 1,
      maxLength: 4,
    });
    const kind = fc.constantFrom('line', 'area', 'columns');
    fc.assert(
      fc.property(kind, series, fc.integer({ min: 200, max: 900 }), fc.integer({ min: 60, max: 400 }), (drawn, rows, width, height) => {
        const data = stretch(rows.map((values, i) => ({ label: `row ${i}`, values })));
        const { series: shapes, left, right } = plot(drawn, data, { width, height, scale: 1 }, String, 'UTC');
        for (const { line, area } of shapes) {
          for (const [, x = '', y = ''] of `${line}${area}`.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(left - 0.1);
            expect(Number(x)).toBeLessThanOrEqual(right + 0.1);
            expect(Number(y)).toBeGreaterThanOrEqual(0);
            expect(Number(y)).toBeLessThanOrEqual(height);
          }
        }
      }),
    );
  });

  test('the moment under a place is the one that is drawn there', () => {
    const data = stretch([{ label: 'a', values: Array.from({ length: 24 }, (_, i) => i) }]);
    for (const kind of ['line', 'columns'] as const) {
      const drawn = plot(kind, data, { width: 600, height: 200, scale: 1 }, String, 'UTC');
      for (const index of data.at.keys()) expect(nearest(data.at, drawn.momentAt(drawn.xOf(index)))).toBe(index);
    }
  });

  test('the nearest moment is found by halving as by looking at each, and none beyond the ends', () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(moments, fc.integer({ min: -50, max: 1050 }), (unsorted, moment) => {
        const at = unsorted.toSorted((a, b) => a - b);
        const found = nearest(at, moment);
        if (moment < (at[0] ?? 0) || moment > (at.at(-1) ?? 0)) expect(found).toBeUndefined();
        else expect(Math.abs((at[found ?? -1] ?? Infinity) - moment)).toBe(Math.min(...at.map(each => Math.abs(each - moment))));
      }),
    );
  });
});

describe('a chart in a sentence', () => {
  beforeAll(() => useTimeZone('UTC'));
  afterAll(() => useTimeZone(undefined));
  const refused = Array.from({ length: 24 }, (_, i) => (i === 14 ? 5 : i >= 17 ? 1 : 0));

  test('sums of money: each as its currency is written', () => {
    const income = stretch([
      { label: 'USD', values: [0.5, 12] },
      { label: 'JPY', values: [null, 1200] },
    ]);
    expect(summaryOf('Income', { kind: 'columns' }, income)).toContain('USD 12.50, most at 01:00 with 12.00; JPY 1,200, most');
  });

  test('amounts: how much, and when most', () => {
    const one = stretch([{ label: 'Refused sign-ins', values: refused }]);
    expect(summaryOf('Refused sign-ins', { kind: 'columns' }, one)).toBe('Refused sign-ins, last 24 hours: 12, most at 14:00 with 5.');
    const two = stretch([...one.series, { label: 'Accepted', values: refused.map(() => 0) }]);
    expect(summaryOf('Sign-ins', { kind: 'columns' }, two)).toBe(
      'Sign-ins, last 24 hours: Refused sign-ins 12, most at 14:00 with 5; Accepted 0.',
    );
  });

  test('levels: the latest and the highest, with their unit; never a sum', () => {
    const data = stretch([{ label: 'web', values: [40, 90, 38] }], '7d', 24 * HOUR);
    expect(summaryOf('Response time', { kind: 'line', unit: 'ms' }, data)).toBe(
      'Response time, last 7 days: web 38 ms at the end, highest at 26 Nov 2026 with 90 ms.',
    );
  });

  test('what is unknown is said, and is not zero', () => {
    const half = stretch([{ label: 'Sent', values: [1, null, 2] }]);
    expect(summaryOf('Sent', { kind: 'columns' }, half)).toBe(
      'Sent, last 24 hours: 3, most at 02:00 with 2; unknown for part of that time.',
    );
    const none = stretch([{ label: 'Sent', values: [null, null] }]);
    expect(summaryOf('Sent', { kind: 'columns' }, none)).toBe('Sent, last 24 hours: unknown.');
  });
});
