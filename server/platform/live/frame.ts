const FINAL_TEXT = 0x81;
/** Engine.IO's "message". */
const MESSAGE = 0x34;

/** One unmasked, final WebSocket text frame with an Engine.IO message in it, as the server's side of RFC 6455 writes it. */
export function textFrame(packet: string): Buffer {
  const length = 1 + Buffer.byteLength(packet);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FINAL_TEXT;
  if (head === 2) {
    frame[1] = length;
  } else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame[head] = MESSAGE;
  frame.write(packet, head + 1);
  return frame;
}
