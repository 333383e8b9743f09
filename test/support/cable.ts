import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** The answer that lets a client through (RFC 1928): version 5, succeeded, bound to nothing that matters. */
const THROUGH = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** A network cable between a browser and the server, as a SOCKS5 proxy. Cut, it is silent: neither end is told anything. */
export class Cable {
  readonly #server: Server = createServer(socket => void this.#plug(socket).catch(() => socket.destroy()));
  readonly #ends = new Set<Socket>();
  #whole = true;

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /** What a browser is given as its proxy. */
  get address(): string {
    return `socks5://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // listening on a port, not on a path
  }

  /** Nothing arrives any more on either side; both believe to be connected, and who tries anew waits. */
  cut(): void {
    this.#whole = false;
    for (const end of this.#ends) end.unpipe().pause();
  }

  /** What was on its way is lost, as after a long cut; from now on all goes through. */
  mend(): void {
    this.#whole = true;
    this.#drop();
  }

  async stop(): Promise<void> {
    this.#drop();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #drop(): void {
    for (const end of this.#ends) end.destroy();
  }

  async #plug(socket: Socket): Promise<void> {
    this.#keep(socket);
    if (!this.#whole) return;
    await once(socket, 'data'); // the methods it knows
    socket.write(Buffer.from([5, 0]));
    const [asked] = (await once(socket, 'data')) as [Buffer]; // 5, connect, 0, a name: 3, its length, itself; a port
    const named = asked.subarray(5, 5 + (asked[4] ?? 0));
    const server = connect(asked.readUInt16BE(5 + named.length), named.toString());
    this.#keep(server);
    await once(server, 'connect');
    socket.write(THROUGH);
    if (this.#whole) socket.pipe(server).pipe(socket);
  }

  #keep(end: Socket): void {
    this.#ends.add(end);
    end.on('error', () => end.destroy()).on('close', () => this.#ends.delete(end));
  }
}
