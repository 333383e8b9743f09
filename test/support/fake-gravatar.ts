import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Said {
  status?: number;
  type?: string;
  body?: Buffer | string;
}

/** Answers as Gravatar does (https://docs.gravatar.com/api/avatars/images/), on loopback, and remembers what it was asked. */
export class FakeGravatar {
  readonly asked: string[] = [];
  /** What is known of each address, by its hash. */
  readonly known = new Map<string, Said>();
  readonly #server: Server = createServer((request, response) => {
    const address = request.url ?? '';
    this.asked.push(address);
    const { status = 200, type = 'image/jpeg', body = '' } = this.known.get(/[0-9a-f]{64}/.exec(address)?.[0] ?? '') ?? { status: 404 };
    response.writeHead(status, { 'content-type': type }).end(body);
  });

  /** The base of its pictures, for GRAVATAR_URL. */
  url = '';

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo; // of a server that listens on a port
    this.url = `http://127.0.0.1:${port}/avatar/`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
