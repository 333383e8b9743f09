import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfSpan, minuteIn, minutesOf, nextDaily, nextHour } from '#server/platform/wall-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** With clocks that change by an hour, by half an hour, at midnight, over the turn of the day, and never. */
const zones = ['Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC'];
const zone = fc.constantFrom(...zones);
const moment = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => new Date(Math.floor(date.getTime() / 1000) * 1000));
const time = fc
  .nat({ max: 1439 })
  .map(minute => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const span = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
/** Moments close before the clocks change in Stockholm: to summer time, and back. */
const changes = fc
  .constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z')
  .chain(at => fc.integer({ min: -1440, max: 180 }).map(away => new Date(Date.parse(at) + away * MINUTE)));
const shown = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);

/** As a person would who looks at the clock once a minute. */
function watched(at: Date, zone: string, { from, to }: { from: string; to: string }): Date | undefined {
  const quiet = (moment: number): boolean => {
    const minute = minuteIn(zone, new Date(moment));
    const [first, end] = [minutesOf(from), minutesOf(to)];
    return first < end ? first <= minute && minute < end : !(end <= minute && minute < first);
  };
  if (!quiet(at.getTime())) return undefined;
  let next = Math.floor(at.getTime() / MINUTE) * MINUTE;
  while (quiet(next)) next += MINUTE;
  return new Date(next);
}

test('quiet hours end when the clock says so, over midnight and over changes of the clock', () => {
  fc.assert(
    fc.property(fc.oneof(changes, moment), zone, span, (at, zone, span) => {
      expect(endOfSpan(at, zone, span)).toEqual(watched(at, zone, span));
    }),
    { numRuns: 300 },
  );
});

test('a night in which the clocks change is as long as it is', () => {
  const night = { from: '22:00', to: '07:00' };
  const hoursOf = (evening: string): number => {
    const from = new Date(evening);
    return ((endOfSpan(from, 'Europe/Stockholm', night)?.getTime() ?? 0) - from.getTime()) / (60 * MINUTE);
  };
  expect(hoursOf('2026-02-10T21:00:00Z')).toBe(9);
  expect(hoursOf('2026-03-28T21:00:00Z')).toBe(8);
  expect(hoursOf('2026-10-24T20:00:00Z')).toBe(10);
});

test('a time of day comes once on each date, also on one that lacks it or has it twice', () => {
  fc.assert(
    fc.property(fc.oneof(changes, moment), zone, time, (at, zone, time) => {
      const first = nextDaily(at, zone, time);
      expect(first.getTime()).toBeGreaterThan(at.getTime());
      expect(first.getTime() - at.getTime()).toBeLessThanOrEqual(DAY + 60 * MINUTE);
      let last = first;
      for (let day = 0; day < 3; day += 1) {
        const next = nextDaily(last, zone, time);
        expect(shown(next, zone).slice(0, 10)).not.toBe(shown(last, zone).slice(0, 10));
        last = next;
      }
    }),
  );
  expect(nextDaily(new Date('2026-03-29T00:30:00Z'), 'Europe/Stockholm', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  expect(nextDaily(new Date('2026-10-25T00:45:00Z'), 'Europe/Stockholm', '02:30').toISOString()).toBe('2026-10-26T01:30:00.000Z');
});

test('the next full hour is the one on the zone’s own clocks', () => {
  fc.assert(
    fc.property(moment, zone, (at, zone) => {
      const next = nextHour(at, zone);
      const away = next.getTime() - at.getTime();
      expect(away > 0 && away <= 60 * MINUTE).toBe(true);
      if (zone !== 'Australia/Lord_Howe') expect(minuteIn(zone, next) % 60).toBe(0);
    }),
  );
  expect(nextHour(new Date('2026-11-25T10:20:00Z'), 'Asia/Kathmandu').toISOString()).toBe('2026-11-25T11:15:00.000Z');
});
