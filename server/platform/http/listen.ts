import { once } from 'node:events';
import type { Server, ServerOptions } from 'node:http';
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
