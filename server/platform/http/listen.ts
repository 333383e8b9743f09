import { once } from 'node:events';
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../refusal.ts';

/** For createServer: whoever dribbles a request is let go within seconds, so that slow connections cannot fill the server. Times in ms. */
export const serverLimits: ServerOptions = {
  headersTimeout: 5000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
};

/**
 * Listens, and says where.
 * @param port 0 takes a free one.
 * @returns the URL that a browser on this machine can open.
 * @throws Refusal when the port is taken or not ours to take.
 */
export async function listen(http: Server, host: string, port: number): Promise<string> {
  try {
    http.listen(port, host);
    await once(http, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException; // what listen() emits is a system error
    if (code === 'EADDRINUSE')
      throw new Refusal(`Port ${port} of ${host} is in use: stop what listens there, or set PORT to another.`, { cause });
    if (code === 'EACCES') throw new Refusal(`Port ${port} may not be opened by this user: set PORT to one above 1023.`, { cause });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Refusal(`This machine has no address ${host}: set HOST to one it has.`, { cause });
    throw cause;
  }
  const address = http.address() as AddressInfo; // of a server that listens on a port
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/**
 * Answers "not yet" between listening, which tells the port that our own address is made of, and the moment there is something
 * to answer with.
 */
export function waitingRoom(http: Server): { end(): void } {
  const notYet = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(503, { 'retry-after': '1' }).end();
  http.on('request', notYet);
  return { end: () => http.off('request', notYet) };
}

/** Stops accepting, lets the requests under way finish for at most `grace` ms, and closes every connection. */
export async function closeGracefully(http: Server, grace: number): Promise<void> {
  const closed = once(http, 'close');
  http.close();
  // A kept-alive connection that answers its last request while we close would stay open for its idle time.
  const sweep = setInterval(() => http.closeIdleConnections(), 50);
  const late = setTimeout(() => http.closeAllConnections(), grace);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}
