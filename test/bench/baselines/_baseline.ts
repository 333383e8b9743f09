import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { answer } from '../process/rpc.ts';
import { redisOptions } from '../stores.ts';

/** Hands a Socket.IO packet's text to everybody. */
export type Deliver = (packet: string) => void;

const operations = {
  /** The port, once it listens there. */
  port: (): Promise<number> => port.promise,
};
export type Baseline = typeof operations;
const port = Promise.withResolvers<number>();

/**
 * What all baselines share with the product: an HTTP server on a free port of 127.0.0.1, and broadcasts that come as
 * `room`, newline, packet on one Redis channel. Only how a packet reaches the sockets differs.
 * @param up puts the WebSocket server on the HTTP server.
 */
export async function runBaseline(up: (http: Server) => Deliver): Promise<void> {
  answer('baseline', operations);
  const { BENCH_REDIS = '', BENCH_CHANNEL = '' } = process.env;
  const http = createServer((_, response) => void response.writeHead(404).end());
  const deliver = up(http);
  const redis = createClient(redisOptions(BENCH_REDIS));
  redis.on('error', (error: Error) => console.error(error.message));
  await redis.connect();
  await redis.subscribe(BENCH_CHANNEL, message => deliver(message.slice(message.indexOf('\n') + 1)));
  http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(http, 'listening');
  port.resolve((http.address() as AddressInfo).port); // a TCP server that listens has no other kind of address
}
