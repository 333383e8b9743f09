/** Opcodes of RFC 6455 that a server may send. */
export const OPCODE = { text: 1, close: 8, ping: 9 } as const;

/** Takes what a {@link FrameReader} found. */
export interface FrameSink {
  /**
   * A frame has begun. Its payload is `length` bytes long, and at least the reader's `lookahead` of them, or all, stand in `bytes` from
   * `start`. The bytes are only good during the call.
   */
  frame(opcode: number, bytes: Buffer, start: number, length: number): void;
}

/**
 * Finds the frames in a stream of a server's WebSocket bytes without ever holding a payload: beyond the first `lookahead`
 * bytes it is skipped by counting. Only a head that a read cut in two is kept until the next read.
 */
export class FrameReader {
  readonly #lookahead: number;
  #kept: Buffer | undefined;
  #skip = 0;

  constructor(lookahead: number) {
    this.#lookahead = lookahead;
  }

  /** Reads on with the bytes of `chunk` up to `end`. */
  read(chunk: Buffer, end: number, sink: FrameSink): void {
    let bytes = chunk;
    let limit = end;
    if (this.#kept) {
      bytes = Buffer.concat([this.#kept, chunk.subarray(0, end)]);
      limit = bytes.length;
      this.#kept = undefined;
    }
    let at = Math.min(this.#skip, limit);
    this.#skip -= at;
    while (at < limit) {
      const next = this.#frame(bytes, at, limit, sink);
      if (next === undefined) {
        this.#kept = Buffer.from(bytes.subarray(at, limit));
        return;
      }
      this.#skip = Math.max(next - limit, 0);
      at = Math.min(next, limit);
    }
  }

  /** Hands on the frame that begins at `at`; returns where the next one begins, or nothing if too little of it is there. */
  #frame(bytes: Buffer, at: number, limit: number, sink: FrameSink): number | undefined {
    const available = limit - at;
    if (available < 2) return undefined;
    const code = bytes.readUInt8(at + 1) & 0x7f;
    const head = code === 127 ? 10 : code === 126 ? 4 : 2;
    if (available < head) return undefined;
    const length = code === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : code === 126 ? bytes.readUInt16BE(at + 2) : code;
    if (available - head < Math.min(length, this.#lookahead)) return undefined;
    sink.frame(bytes.readUInt8(at) & 0x0f, bytes, at + head, length);
    return at + head + length;
  }
}

function head(opcode: number, length: number, mask: 0 | 0x80): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, mask | length]);
  const bytes = Buffer.alloc(length < 65_536 ? 4 : 10);
  bytes.writeUInt8(0x80 | opcode, 0);
  bytes.writeUInt8(mask | (length < 65_536 ? 126 : 127), 1);
  if (length < 65_536) bytes.writeUInt16BE(length, 2);
  else bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}

/** One final text frame as a server sends it. */
export function serverFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([head(OPCODE.text, payload.length, 0), payload]);
}

/** One final text frame as a client sends it, under the mask 0, which leaves the payload as it is: built once, sent by all. */
export function clientFrame(text: string, opcode: number = OPCODE.text): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([head(opcode, payload.length, 0x80), Buffer.alloc(4), payload]);
}
