import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMark, mark, MARK_LENGTH, MARK_REACH, markNumber, markTime, microseconds } from './mark.ts';

test('time and number come back as they went, behind whatever came before them', () => {
  const times = fc.integer({ min: 0, max: 9_007_199_254_740_991 });
  const before = fc.string({ maxLength: MARK_REACH - MARK_LENGTH, unit: 'grapheme-ascii' }).filter(words => !words.includes('@t='));
  fc.assert(
    fc.property(before, times, fc.integer({ min: 0, max: 99_999_999 }), (words, time, number) => {
      const payload = `${words}${mark(time, number)}`;
      const bytes = Buffer.from(`…${payload}`);
      const start = bytes.length - payload.length;
      const at = findMark(bytes, start, payload.length);
      expect(at).toBe(start + words.length);
      expect([markTime(bytes, at), markNumber(bytes, at)]).toEqual([time, number]);
    }),
  );
});

test('a message without a mark has none, even where the next one in the buffer has', () => {
  const bytes = Buffer.from(`42["live:beat",1]${mark(1, 1)}`);
  expect(findMark(bytes, 0, bytes.length - MARK_LENGTH)).toBe(-1);
});

test('the clock reads microseconds since 1970', () => {
  expect(Math.abs(microseconds() / 1000 - Date.now())).toBeLessThan(1000);
});
