import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Program } from '../platform/keep.ts';
import { Refusal } from '../platform/refusal.ts';
import { end, ended, serve, tied } from './child.ts';
import type { RedisBinary } from './find-redis.ts';

/** How long it may take to write what it has, in ms; one that stands still is killed then. */
const GRACE = 10_000;
/** How long an earlier Redis may take to shut down, in ms. */
const PATIENCE = 15_000;

/** A Unix socket's path must fit into `sockaddr_un`, which has 108 bytes with the closing zero. */
const LONGEST_SOCKET_PATH = 107;

/**
 * Ends the Redis on this socket, if there is one: its owner was killed and it has not noticed yet. Were it left to end by itself, it would
 * take the socket's name away from its successor.
 */
async function endEarlier(socket: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (await takesShutdown(socket)) {
    if (performance.now() > deadline) throw new Refusal(`A Redis still listens on ${socket}: stop it first.`);
    await setTimeout(50);
  }
}

/** Asks whoever listens there to shut down; false when nobody does. */
function takesShutdown(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = connect(socket, () => connection.end('SHUTDOWN\r\n'));
    let listening = false;
    connection.once('connect', () => (listening = true));
    connection.on('error', () => undefined); // 'close' follows
    connection.once('close', () => resolve(listening)).resume();
  });
}

/** A Redis of our own, on a Unix socket in a folder of mode 700: no port to clash, and no other user of the machine gets in. */
export class Redis implements Program {
  #child: ChildProcess | undefined;
  readonly #binary: RedisBinary;
  readonly #dir: string;
  readonly #settings: Record<string, string>;

  /** @param settings redis.conf settings beyond ours. Nothing is kept on disk unless they say so. */
  constructor(binary: RedisBinary, dataDir: string, settings: Record<string, string> = {}) {
    this.#binary = binary;
    this.#dir = path.resolve(dataDir);
    this.#settings = settings;
  }

  get socket(): string {
    return path.join(this.#dir, 's');
  }

  /** In the form REDIS_URL takes: `unix:/path`. */
  get url(): string {
    return `unix:${this.socket}`;
  }

  /** Resolves when connections are taken (15 to 70 ms). */
  async start(): Promise<this> {
    if (Buffer.byteLength(this.socket) > LONGEST_SOCKET_PATH) {
      throw new Refusal(`${this.socket} is too long for a Unix socket: set DATA_DIR to a shorter path.`);
    }
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    await endEarlier(this.socket);
    const settings = {
      port: '0',
      unixsocket: this.socket,
      unixsocketperm: '600',
      dir: this.#dir,
      save: '',
      'maxmemory-policy': 'noeviction', // BullMQ's jobs may never be evicted
      daemonize: 'no',
      ...this.#settings,
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
    const env = this.#binary.lib ? { ...process.env, LD_LIBRARY_PATH: this.#binary.lib } : process.env;
    this.#child = await serve([...tied('TERM'), this.#binary.file, ...flags], /ready to accept connections/i, { env });
    return this;
  }

  /** Resolves when it has ended; at once when it does not run. */
  ended(): Promise<void> {
    return ended(this.#child);
  }

  stop(): Promise<void> {
    return end(this.#child, 'SIGTERM', GRACE);
  }
}
