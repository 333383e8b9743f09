import net from 'node:net';
import { clientFrame, FrameReader, type FrameSink, OPCODE } from './frames.ts';

/** `websocket` is usable after the upgrade; `socket.io` says more: Engine.IO opens, then both sides CONNECT. */
export type Protocol = 'websocket' | 'socket.io';

/** What all connections of a crowd have in common. */
export interface Line extends FrameOwner {
  port: number;
  protocol: Protocol;
  /** The client's CONNECT packet, as a frame. */
  connectFrame: Buffer;
  /** Bytes of each payload that {@link FrameOwner.event} can rely on. */
  lookahead: number;
}

/** Is told what happens on a connection. */
export interface FrameOwner {
  /** Ready for use. */
  opened(connection: Connection): void;
  /** A message of the application, its first bytes in `bytes` from `start`; only good during the call. */
  event(connection: Connection, bytes: Buffer, start: number, length: number): void;
  /** Over, and not because {@link Connection.reset} was called. */
  lost(connection: Connection, reason: string): void;
}

/** Bytes of every connection pass through here, one read at a time: reads are handled before the next one is made. */
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);
const END_OF_HEAD = '\r\n\r\n';
const MAX_HEAD = 8192;
const PONG = clientFrame('3');
const [ENGINE_OPEN, ENGINE_PING, ENGINE_MESSAGE] = [0x30, 0x32, 0x34];
const [SOCKET_CONNECT, SOCKET_DISCONNECT, SOCKET_EVENT, SOCKET_ERROR] = [0x30, 0x31, 0x32, 0x34];

/** One client: a bare TCP socket that shares its read buffer with all others and parses no more than it must. */
export class Connection implements FrameSink {
  readonly index: number;
  readonly #line: Line;
  readonly #socket: net.Socket;
  readonly #reader: FrameReader;
  /** The HTTP head so far; nothing once it is complete. */
  #head: string | undefined = '';
  #over = false;
  /** Number of the latest marked message, -1 before the first. */
  lastMark = -1;
  /** Payload bytes received since the upgrade. */
  bytes = 0;

  constructor(line: Line, index: number, request: Buffer) {
    this.index = index;
    this.#line = line;
    this.#reader = new FrameReader(line.lookahead);
    this.#socket = net.connect({
      host: '127.0.0.1',
      port: line.port,
      noDelay: true,
      onread: { buffer: readBuffer, callback: length => this.#read(length) },
    });
    this.#socket.on('error', error => this.#lose(error.message));
    this.#socket.on('close', () => this.#lose('closed by the server'));
    this.#socket.write(request);
  }

  say(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Cuts the line as a pulled plug does: RST, no close frame, nothing left lingering. */
  reset(): void {
    this.#over = true;
    this.#socket.resetAndDestroy();
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    this.#line.lost(this, reason);
  }

  #read(length: number): boolean {
    if (this.#head === undefined) this.#reader.read(readBuffer, length, this);
    else this.#readHead(this.#head + readBuffer.toString('latin1', 0, length));
    return true;
  }

  #readHead(text: string): void {
    const end = text.indexOf(END_OF_HEAD);
    this.#head = text;
    if (end === -1 && text.length < MAX_HEAD) return;
    if (!text.startsWith('HTTP/1.1 101 ')) return this.#lose(`refused: ${text.slice(0, 200)}`);
    this.#head = undefined;
    const rest = Buffer.from(text.slice(end + END_OF_HEAD.length), 'latin1');
    if (this.#line.protocol === 'websocket') this.#line.opened(this);
    if (rest.length > 0) this.#reader.read(rest, rest.length, this);
  }

  frame(opcode: number, bytes: Buffer, start: number, length: number): void {
    this.bytes += length;
    if (opcode === OPCODE.close) this.#lose('close frame');
    else if (opcode !== OPCODE.text) this.#lose(`unexpected opcode ${opcode}`);
    else if (this.#line.protocol === 'websocket') this.#line.event(this, bytes, start, length);
    else this.#packet(bytes, start, length);
  }

  #packet(bytes: Buffer, start: number, length: number): void {
    const engine = bytes[start];
    if (engine === ENGINE_PING) this.#socket.write(PONG);
    else if (engine === ENGINE_OPEN) this.#socket.write(this.#line.connectFrame);
    else if (engine !== ENGINE_MESSAGE) this.#lose(`unexpected packet ${String(engine)}`);
    else if (bytes[start + 1] === SOCKET_EVENT) this.#line.event(this, bytes, start, length);
    else if (bytes[start + 1] === SOCKET_CONNECT) this.#line.opened(this);
    else if (bytes[start + 1] === SOCKET_DISCONNECT) this.#lose('disconnected by the server');
    else if (bytes[start + 1] === SOCKET_ERROR) this.#lose(`refused: ${bytes.toString('utf8', start, start + Math.min(length, 200))}`);
  }
}
