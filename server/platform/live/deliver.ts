import type { Log } from '../log.ts';
import { live } from '../metrics.ts';
import { canWriteNow, isDirect, missingInternals } from './direct.ts';
import { textFrame } from './frame.ts';
import { type Room, room as rooms } from './rooms.ts';
import type { LiveServer, LiveSocket } from './types.ts';
import { encode } from './wire.ts';

/** With more than this waiting for a socket, in bytes, no more state is queued for it. */
const FAR_BEHIND = 1024 * 1024;

/** What waits for the reader of a socket: in its TCP socket, and before that in engine.io's queue. */
function waiting({ data }: LiveSocket): number {
  if (!data.direct) return 0; // not to be seen from outside
  if (data.direct.writeBuffer.length === 0) data.queued = 0;
  return data.direct.transport.socket._socket.writableLength + data.queued;
}

/** Whether a page shows one of these widgets; one that never said what it shows may show any. */
function shows({ data: { watches } }: LiveSocket, widgets: readonly string[]): boolean {
  if (!watches) return true;
  for (const id of widgets) if (watches.has(id)) return true;
  return false;
}

/** Hands packets to this process' own sockets: one frame is built, and written to each TCP socket that can take it now. */
export class Delivery {
  readonly #io: LiveServer;
  readonly #log: Pick<Log, 'warn'>;
  /** Too far behind: no more state until they have drained, and then they read again. */
  readonly #stale = new Set<LiveSocket>();
  #checked = false;

  constructor(io: LiveServer, log: Pick<Log, 'warn'>) {
    this.#io = io;
    this.#log = log;
  }

  /** Opens the direct path for a new socket, if the libraries beneath are as we know them. The first socket tells. */
  admit(socket: LiveSocket): void {
    const conn: unknown = socket.conn;
    socket.data.direct = isDirect(conn) ? conn : undefined;
    if (this.#checked) return;
    this.#checked = true;
    const missing = missingInternals(conn);
    live.directPath.set(missing.length === 0 ? 1 : 0);
    if (missing.length > 0) this.#log.warn({ missing }, 'live: frames take the ordinary way through Socket.IO, which costs more CPU');
  }

  /**
   * @param room a room as it came from another process: one that nobody here is in is no mistake.
   * @param packet the text of a Socket.IO packet.
   * @param widgets whose snapshots it carries: pages that show none of them are not sent it.
   */
  toRoom(room: Room | (string & {}), packet: string, widgets?: readonly string[]): void {
    const { frames, direct, queued } = this.#deliver(this.#audience(room, widgets), packet);
    live.frames.inc(frames);
    live.deliveries.inc({ path: 'direct' }, direct);
    live.deliveries.inc({ path: 'queued' }, queued);
  }

  /**
   * Lets every page know that its link is alive. Not counted: it would blur the counts of what is sent.
   * @param now in ms. @param heldSince since when nothing new could come, if that is so
   */
  beat(now: number, heldSince?: number): void {
    const said = heldSince === undefined ? [now] : [now, Math.round(heldSince)];
    this.#deliver(this.#io.of('/').sockets.values(), `2["live:beat",${said.join(',')}]`);
  }

  /** Lets those that have caught up with what was written to them read again. Called every half second. */
  reviveDrained(): void {
    for (const socket of this.#stale) {
      if (socket.connected && waiting(socket) > 0) continue;
      this.#stale.delete(socket);
      if (!socket.connected) continue;
      live.resyncs.inc();
      socket.conn.write(encode('live:resync'));
    }
  }

  /** A list, and no generator: this is done for each message before each socket. */
  #audience(room: string, widgets: readonly string[] | undefined): LiveSocket[] {
    const { adapter, sockets } = this.#io.of('/');
    const audience: LiveSocket[] = [];
    for (const id of (room === rooms.all ? sockets.keys() : adapter.rooms.get(room)) ?? []) {
      const socket = sockets.get(id);
      if (socket && (!widgets || shows(socket, widgets))) audience.push(socket);
    }
    return audience;
  }

  #deliver(sockets: Iterable<LiveSocket>, packet: string): { frames: number; direct: number; queued: number } {
    let direct = 0;
    let queued = 0;
    let frame: Buffer | undefined;
    for (const socket of sockets) {
      if (this.#stale.size > 0 && this.#stale.has(socket)) continue;
      const { data } = socket;
      if (waiting(socket) > FAR_BEHIND) {
        this.#stale.add(socket);
      } else if (data.direct && canWriteNow(data.direct)) {
        frame ??= textFrame(packet);
        data.direct.transport.socket._socket.write(frame);
        direct += 1;
      } else {
        data.queued += packet.length;
        socket.conn.write(packet); // in order after what is queued; engine.io adds its "4"
        queued += 1;
      }
    }
    return { frames: frame ? 1 : 0, direct, queued };
  }
}
