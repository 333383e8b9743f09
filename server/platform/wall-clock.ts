const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MINUTES_A_DAY = 24 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, format);
  return format;
}

/** What the clocks of a time zone show, as if it were UTC: ms since 1970. */
function shownIn(zone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
const wholeSeconds = (at: number): number => Math.floor(at / 1000) * 1000;
/** How far the clocks of a time zone are ahead of UTC, in ms. */
const offsetIn = (zone: string, at: number): number => shownIn(zone, at) - wholeSeconds(at);

/** A time of day, `07:30`, in minutes. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
/** The time of day that the clocks of a zone show, in whole minutes. */
export const minuteIn = (zone: string, at: Date): number => Math.floor((shownIn(zone, at.getTime()) % DAY) / MINUTE);

export interface Span {
  /** The first minute of the day in it, and the first after it; an end before the beginning is on the next day. */
  from: string;
  to: string;
}

function within(minute: number, { from, to }: Span): boolean {
  const [first, end] = [minutesOf(from), minutesOf(to)];
  return first < end ? minute >= first && minute < end : minute >= first || minute < end;
}

/**
 * When a span of the day that holds now ends: the first moment at which the clocks show a time outside it, whatever they were set
 * forward or back meanwhile. Undefined when it does not hold now.
 */
export function endOfSpan(at: Date, zone: string, span: Span): Date | undefined {
  const minute = minuteIn(zone, at);
  if (!within(minute, span)) return undefined;
  const thisMinute = Math.floor(at.getTime() / MINUTE) * MINUTE;
  const away = (minutesOf(span.to) - minute + MINUTES_A_DAY) % MINUTES_A_DAY;
  const direct = new Date(thisMinute + away * MINUTE);
  if (minuteIn(zone, direct) === minutesOf(span.to)) return direct;
  // the clocks are changed before it ends: they are followed minute by minute
  let next = thisMinute + MINUTE;
  while (within(minuteIn(zone, new Date(next)), span)) next += MINUTE;
  return new Date(next);
}

/** The moment at which clocks show a time. Of one that comes twice the first; of one that is skipped, as much later as was skipped. */
function momentAt(shown: number, zone: string): number {
  const before = shown - offsetIn(zone, shown - DAY);
  const after = shown - offsetIn(zone, shown + DAY);
  const fitting = [before, after].filter(at => shownIn(zone, at) === shown);
  return fitting.length > 0 ? Math.min(...fitting) : before;
}

/** The next full hour on the clocks of a zone. */
export function nextHour(after: Date, zone: string): Date {
  const offset = offsetIn(zone, after.getTime());
  return new Date((Math.floor((after.getTime() + offset) / HOUR) + 1) * HOUR - offset);
}

/** When it is that time of day next, once on each date. */
export function nextDaily(after: Date, zone: string, time: string): Date {
  const midnight = Math.floor(shownIn(zone, after.getTime()) / DAY) * DAY;
  for (let date = midnight; ; date += DAY) {
    const at = momentAt(date + minutesOf(time) * MINUTE, zone);
    if (at > after.getTime()) return new Date(at);
  }
}
