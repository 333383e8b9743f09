import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientFrame, FrameReader, serverFrame } from './frames.ts';

interface Seen {
  opcode: number;
  length: number;
  /** As much of the payload as the reader promised. */
  text: string;
}

function readAll(chunks: readonly Buffer[], lookahead: number): Seen[] {
  const seen: Seen[] = [];
  const reader = new FrameReader(lookahead);
  const sink = {
    frame: (opcode: number, bytes: Buffer, start: number, length: number): void => {
      seen.push({ opcode, length, text: bytes.toString('latin1', start, start + Math.min(length, lookahead)) });
    },
  };
  const shared = Buffer.alloc(Math.max(1, ...chunks.map(chunk => chunk.length)));
  for (const chunk of chunks) {
    chunk.copy(shared); // one buffer for every read, as on the wire: nothing may be kept by reference
    reader.read(shared, chunk.length, sink);
  }
  return seen;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const text = (length: number): string => Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
/** The lengths where the header changes its form, and some in between. */
const lengths = fc.constantFrom(0, 1, 2, 30, 124, 125, 126, 127, 190, 1000, 65_535, 65_536, 70_000);

test('finds every frame and its first bytes, wherever the stream is cut', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(lengths, { maxLength: 8 }),
      cuts,
      fc.constantFrom(0, 1, 128, Number.POSITIVE_INFINITY),
      (sizes, places, lookahead) => {
        const payloads = sizes.map(text);
        const chunks = cut(Buffer.concat(payloads.map(serverFrame)), places);
        const expected = payloads.map(payload => ({ opcode: 1, length: payload.length, text: payload.slice(0, lookahead) }));
        expect(readAll(chunks, lookahead)).toEqual(expected);
      },
    ),
  );
});

test('survives bytes that come one at a time', () => {
  const bytes = Buffer.concat([serverFrame(text(200)), serverFrame('2'), serverFrame(text(66_000))]);
  const chunks = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  expect(readAll(chunks, 128).map(({ length }) => length)).toEqual([200, 1, 66_000]);
});

test('what a client sends is masked, and by the mask 0 stays what it is', () => {
  const frame = clientFrame('3');
  expect([...frame]).toEqual([0x81, 0x81, 0, 0, 0, 0, '3'.charCodeAt(0)]);
});
