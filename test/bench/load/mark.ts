/** Characters of a mark: `@t=<16 digits, µs>;v=<8 digits>;`. */
export const MARK_LENGTH = 30;
/** A mark lies within this many bytes of the payload's start; so much is kept when a read cuts a frame in two. */
export const MARK_REACH = 128;

const [AT, LOWER_T, EQUALS, ZERO] = [0x40, 0x74, 0x3d, 0x30];
const TIME = { offset: 3, digits: 16 } as const;
const NUMBER = { offset: 22, digits: 8 } as const;

/** Microseconds since 1970 by a clock that never steps back. A double holds them exactly until the year 2255. */
export const microseconds = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** What a measured message carries: when it was due, in µs, and which broadcast it is. */
export const mark = (time: number, number: number): string =>
  `@t=${String(Math.round(time)).padStart(TIME.digits, '0')};v=${String(number).padStart(NUMBER.digits, '0')};`;

function digits(bytes: Buffer, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) value = value * 10 + ((bytes[at] ?? ZERO) - ZERO);
  return value;
}

/** Where the mark of a payload begins, or -1. Only the first {@link MARK_REACH} bytes are looked at, and nothing is decoded. */
export function findMark(bytes: Buffer, start: number, length: number): number {
  const last = start + Math.min(length, MARK_REACH) - MARK_LENGTH;
  for (let at = start; at <= last; at++) {
    if (bytes[at] === AT && bytes[at + 1] === LOWER_T && bytes[at + 2] === EQUALS) return at;
  }
  return -1;
}

/** The time of the mark that begins at `at`, in µs. */
export const markTime = (bytes: Buffer, at: number): number => digits(bytes, at + TIME.offset, TIME.digits);
/** The number of the mark that begins at `at`. */
export const markNumber = (bytes: Buffer, at: number): number => digits(bytes, at + NUMBER.offset, NUMBER.digits);
