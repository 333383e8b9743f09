import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type RosterRow, rosterRow } from '#contract/presence.ts';
import { live, presence } from '../platform/metrics.ts';
import { room } from '../platform/live/rooms.ts';
import { PREFIX, channelOf } from '../platform/live/wire.ts';
import type { RedisClient } from '../platform/redis.ts';
import { script } from './script.ts';
import type { Timing } from './timing.ts';

const scripts = {
  write: script('write'),
  beat: script('beat'),
  doubt: script('doubt'),
  reap: script('reap'),
  move: script('move'),
  read: script('read'),
};

const beatAnswer = z.tuple([z.literal([0, 1]), z.int(), z.string(), z.int()], z.union([z.string(), z.int()]));
const readAnswer = z.tuple([z.string(), z.int()], z.string());
const pair = z.tuple([z.int(), z.int()]);

/** Everyone online at one version, whole. */
export interface Reading {
  epoch: string;
  version: number;
  people: RosterRow[];
}

/** Another server process, as its lease shows it. */
export interface Neighbour {
  id: string;
  /** `here`, `moving`, or `doubted <ms>`. */
  standing: string;
  /** What is left of its lease, in ms; negative when it has ended. */
  left: number;
}

/** Presence as it stands in Redis: each method is one script, hence one step that nobody sees half done. All may throw RedisUnavailable. */
export class Store {
  readonly #redis: RedisClient;
  readonly #keys: string[];
  readonly #prefix: string;
  #answeredAt = -Infinity;

  constructor(redis: RedisClient, prefix = PREFIX) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#keys = [`${prefix}presence:state`, `${prefix}presence:processes`];
  }

  /**
   * Writes entries of a process; "" takes one out. `whole`: they are all it has.
   * @param count how many it had before, by its own count. If Redis has another number, nothing is done.
   * @returns false if nothing was done.
   */
  async write(process: string, entries: [id: string, entry: string][], whole: boolean, count: number, lease: number): Promise<boolean> {
    const args = [process, String(lease), whole ? '1' : '0', String(count), JSON.stringify(entries)];
    const [done, published] = pair.parse(await this.#run('write', args));
    this.#count(published);
    return done === 1;
  }

  /** @returns `intact`: all that the process wrote is there still. If not, its lease was not renewed. */
  async beat(
    process: string,
    count: number,
    lease: number,
  ): Promise<{ intact: boolean; epoch: string; version: number; others: Neighbour[] }> {
    const [intact, published, epoch, version, ...rest] = beatAnswer.parse(await this.#run('beat', [process, String(lease), String(count)]));
    this.#count(published);
    const others: Neighbour[] = [];
    for (let i = 0; i + 2 < rest.length; i += 3)
      others.push({ id: String(rest[i]), standing: String(rest[i + 1]), left: Number(rest[i + 2]) });
    return { intact: intact === 1, epoch, version, others };
  }

  async doubt(process: string, { lease, doubt }: Timing, now: number): Promise<void> {
    this.#count(z.int().parse(await this.#run('doubt', [process, String(lease), String(doubt), String(now)])));
  }

  /** @returns what is left of its lease, in ms; 0: it is gone. */
  async reap(process: string): Promise<number> {
    const [left, published] = pair.parse(await this.#run('reap', [process]));
    this.#count(published);
    return left;
  }

  async move(process: string, lease: number): Promise<void> {
    this.#count(z.int().parse(await this.#run('move', [process, String(lease)])));
  }

  async read(): Promise<Reading> {
    const [epoch, version, ...rows] = readAnswer.parse(await this.#run('read', []));
    return { epoch, version, people: z.array(rosterRow).parse(JSON.parse(`[${rows.join(',')}]`)) };
  }

  /** When Redis was last heard, by `performance.now()`. */
  get answeredAt(): number {
    return this.#answeredAt;
  }

  async #run(name: keyof typeof scripts, args: string[]): Promise<unknown> {
    const common = [`${this.#prefix}presence:`, channelOf(this.#prefix), room.may('presence.view'), randomUUID()];
    const answer = await scripts[name](this.#redis, this.#keys, [...common, ...args]);
    this.#answeredAt = performance.now();
    return answer;
  }

  #count(published: number): void {
    if (published === 0) return;
    presence.broadcasts.inc(published);
    live.broadcasts.inc({ event: 'presence:changed' }, published);
    live.encodes.inc(published); // the script made the text
  }
}
