import type { ServerToBrowser } from '#contract/live.ts';
import type { Log } from '../log.ts';
import { live } from '../metrics.ts';
import type { RedisClient } from '../redis.ts';
import { Coalescer } from './coalescer.ts';
import type { Room } from './rooms.ts';
import { CONTROL, type ControlMessage, PREFIX, channelOf, compose, encode, encodeTexts } from './wire.ts';

/** How much may wait for an answer of Redis. A Redis that stands still must not fill our memory. */
const MOST_UNANSWERED = 8 * 1024 * 1024;

/** A widget's snapshot that is text already. */
export interface SnapshotText {
  id: string;
  version: number;
  text: string;
}

/**
 * Sends to browsers, from any process. What is sent is encoded here, once, and travels as text.
 * Nothing here throws or is waited for: what cannot be sent is dropped, and as soon as Redis is back browsers are asked to read again.
 */
export class Broadcast {
  readonly #redis: RedisClient;
  readonly #channel: string;
  readonly #log: Pick<Log, 'warn'>;
  readonly #waiting = new Map<Room, Map<string, SnapshotText>>();
  readonly #windows = new Coalescer<Room>(room => this.#sendWidgets(room));
  readonly #unanswered = new Set<Promise<void>>();
  #bytes = 0;
  #dropped = 0;

  /** @param options `prefix`: what keeps this installation apart from others on the same Redis. */
  constructor(redis: RedisClient, options: { prefix?: string; log: Pick<Log, 'warn'> }) {
    this.#redis = redis;
    this.#channel = channelOf(options.prefix ?? PREFIX);
    this.#log = options.log;
    redis.on('ready', () => this.#makeUp());
  }

  send<E extends keyof ServerToBrowser>(room: Room, event: E, ...args: Parameters<ServerToBrowser[E]>): void {
    live.broadcasts.inc({ event });
    this.#publish(compose(room, encode(event, ...args)));
  }

  /** Several within 50 ms travel as one frame, the newest of each widget; the first goes at once. */
  widgets(room: Room, snapshots: readonly SnapshotText[]): void {
    if (snapshots.length === 0) return;
    const waiting = this.#waiting.get(room) ?? new Map<string, SnapshotText>();
    this.#waiting.set(room, waiting);
    for (const snapshot of snapshots) {
      const before = waiting.get(snapshot.id);
      if (!before || before.version < snapshot.version) waiting.set(snapshot.id, snapshot);
    }
    this.#windows.poke(room);
  }

  control(message: ControlMessage): void {
    this.#publish(compose(CONTROL, JSON.stringify(message)));
  }

  /** Sends what still waits for its window, and waits for Redis to have it. */
  async flush(): Promise<void> {
    this.#windows.flush();
    await Promise.all(this.#unanswered);
  }

  #sendWidgets(room: Room): void {
    const snapshots = [...(this.#waiting.get(room)?.values() ?? [])];
    this.#waiting.delete(room);
    live.broadcasts.inc({ event: 'widgets:refreshed' });
    const packet = encodeTexts(
      'widgets:refreshed',
      snapshots.map(({ text }) => text),
    );
    const tags = snapshots.map(({ id, version }) => `${id}:${version}`);
    this.#publish(compose(room, packet, 'widgets', tags));
  }

  #publish(message: string): void {
    if (!this.#redis.isReady || this.#bytes + message.length > MOST_UNANSWERED) {
      this.#drop('Redis is away or too slow');
      return;
    }
    this.#bytes += message.length;
    const sent = this.#redis
      .publish(this.#channel, message)
      .then(
        () => this.#makeUp(),
        (error: unknown) => this.#drop(String(error)),
      )
      .finally(() => {
        this.#bytes -= message.length;
        this.#unanswered.delete(sent);
      });
    this.#unanswered.add(sent);
  }

  #drop(why: string): void {
    live.dropped.inc();
    if (this.#dropped === 0) this.#log.warn({ why }, 'live: not published; browsers will be asked to read again');
    this.#dropped += 1;
  }

  /** Receivers that kept their connection would not know that something is missing. */
  #makeUp(): void {
    if (this.#dropped === 0) return;
    this.#dropped = 0;
    this.control({ kind: 'resync' });
  }
}
