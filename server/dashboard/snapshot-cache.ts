import type { SnapshotText } from '../platform/live/broadcast.ts';
import type { RedisClient } from '../platform/redis.ts';
import type { SnapshotTexts } from '../platform/tools.ts';
import { readSnapshots } from './snapshot-store.ts';

/** The latest snapshots as this process knows them: read from Redis once per version, whoever asks, and kept while Redis is away. */
export class SnapshotCache implements SnapshotTexts {
  readonly #redis: RedisClient;
  readonly #known = new Map<string, Promise<SnapshotText | undefined>>();

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  /** Newer snapshots of these widgets were sent. */
  onWidgets(changed: readonly { id: string }[]): void {
    for (const { id } of changed) this.#known.delete(id);
  }

  /** What was sent meanwhile is not known: nothing kept is the latest for certain. */
  onResync(): void {
    this.#known.clear();
  }

  /**
   * @returns the latest of each, in the same order; `undefined` for one that was never built.
   * @throws RedisUnavailable when one is not known here and Redis does not tell
   */
  texts(ids: readonly string[]): Promise<(SnapshotText | undefined)[]> {
    const unknown = ids.filter(id => !this.#known.has(id));
    if (unknown.length > 0) {
      const reading = readSnapshots(this.#redis, unknown);
      for (const id of unknown) this.#know(id, reading);
    }
    return Promise.all(ids.map(id => Promise.resolve(this.#known.get(id))));
  }

  /** Those who ask meanwhile wait for the same answer. One that is outdated before it is there is not kept. */
  #know(id: string, reading: Promise<Map<string, SnapshotText>>): void {
    const forget = (): void => {
      if (this.#known.get(id) === snapshot) this.#known.delete(id);
    };
    const snapshot = reading.then(found => {
      if (!found.has(id)) forget(); // asked for again until it was built
      return found.get(id);
    });
    snapshot.catch(forget);
    this.#known.set(id, snapshot);
  }
}
