import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { decompose } from '#server/platform/live/wire.ts';
import type { RedisClient } from '#server/platform/redis.ts';
import { Roster } from '#server/presence/Roster.ts';
import { Store } from '#server/presence/Store.ts';
import { readRoster } from '#server/presence/read-roster.ts';

/** How long a process's lease runs, in ms: longer than any test, which ends it by hand. */
export const LEASE = 60_000;

/** What a process says of a person; left out is what most say. */
export interface Facts {
  said?: boolean;
  state?: string;
  since?: number;
  stateSince?: number;
  page?: string;
  pageAt?: number;
  name?: string;
  knownAt?: number;
}

/** An entry as a process writes it. */
export const entry = ({
  said = true,
  state = 'online',
  since = 100,
  stateSince = since,
  page,
  pageAt = 0,
  name = 'Ada "the first" 語',
  knownAt = 1,
}: Facts): string =>
  [
    said ? 1 : 0,
    state,
    since,
    stateSince,
    pageAt,
    page === undefined ? '' : JSON.stringify(page),
    knownAt,
    JSON.stringify({ name, roles: [] }).slice(1, -1),
  ].join('\n');

/** Server processes on one Redis, and a browser that follows what they publish. */
export class Processes {
  readonly prefix = `test:${randomUUID()}:`;
  readonly store: Store;
  readonly counts = new Map<string, Map<string, string>>();
  readonly follower = new Roster();
  readonly heard: string[] = [];
  readonly #redis: RedisClient;

  constructor(redis: RedisClient) {
    this.#redis = redis;
    this.store = new Store(redis, this.prefix);
  }

  async follow(subscriber: Pick<RedisClient, 'subscribe'>): Promise<void> {
    await subscriber.subscribe(`${this.prefix}live`, message => {
      const { room, topic, text } = decompose(message);
      expect([room, topic]).toEqual(['may:presence.view', 'presence']);
      this.heard.push(text);
      expect(this.follower.apply(text)).toBe('applied');
    });
    this.follower.reset(await this.store.read());
  }

  of(process: string): Map<string, string> {
    const entries = this.counts.get(process) ?? new Map<string, string>();
    this.counts.set(process, entries);
    return entries;
  }

  async write(process: string, changes: [string, string][], whole = false): Promise<boolean> {
    const entries = this.of(process);
    const before = entries.size;
    if (whole) entries.clear();
    for (const [id, value] of changes) {
      if (value === '') entries.delete(id);
      else entries.set(id, value);
    }
    return this.store.write(process, changes, whole, before, LEASE);
  }

  /** The kernel's view of `kill -9`, a lease later. */
  async die(process: string): Promise<void> {
    await this.#redis.del(`${this.prefix}presence:lease:${process}`);
    this.counts.delete(process);
    await this.store.reap(process);
  }

  shorten(process: string, left: number): Promise<unknown> {
    return this.#redis.pExpire(`${this.prefix}presence:lease:${process}`, left);
  }

  async rows(): Promise<Record<string, unknown>[]> {
    return (await readRoster(this.#redis, this.prefix)).people;
  }

  /** The browser that followed, and a newcomer, see the same. */
  async agree(): Promise<void> {
    const fresh = await this.store.read();
    await expect.poll(() => this.follower.version, { interval: 1 }).toBe(fresh.version);
    const newcomer = new Roster();
    newcomer.reset(fresh);
    expect(this.follower.snapshot()).toEqual(newcomer.snapshot());
  }
}
