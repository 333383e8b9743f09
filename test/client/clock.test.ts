import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, atTime, countdown, inFull, useTimeZone } from '#lib/clock.svelte.ts';

const NOON = Date.UTC(2026, 10, 27, 12);

describe('ages and waits', () => {
  test.each([
    [0, 'now'],
    [4, 'now'],
    [12, '12 sec ago'],
    [200, '3 min ago'],
    [7200, '2 hr ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
  ])('%i seconds back reads "%s"', (seconds, words) => {
    expect(ago(NOON - seconds * 1000, NOON)).toBe(words);
  });

  test('a wait ends at 0:00, never goes below, and reads back as the seconds it stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 100_000 }), seconds => {
        const parts = countdown(NOON + seconds * 1000, NOON)
          .split(':')
          .map(Number);
        expect(parts.reduce((sum, part) => sum * 60 + part, 0)).toBe(Math.max(0, seconds));
      }),
    );
    expect(countdown(NOON + 252_000, NOON)).toBe('4:12');
  });

  test('absolute times follow the zone the person chose, and name it where nothing may be guessed', () => {
    useTimeZone('Asia/Tokyo');
    expect(atTime(NOON)).toBe('21:00:00');
    expect(inFull(NOON)).toMatch(/21:00:00 (GMT\+9|JST)/);
    useTimeZone(undefined);
  });
});
