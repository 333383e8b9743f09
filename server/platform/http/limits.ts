import {
  type IRateLimiterRedisOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { endsWithin } from '../ends-within.ts';
import { Problem } from '../problem.ts';
import type { RedisClient } from '../redis.ts';

/** Points and seconds. Counted in Redis for all processes together; while it is away in this process, at half. */
const limits = {
  api: [300, 60],
  // a list shows hundreds at once, each asked for once
  picture: [1200, 60],
  'picture-upload': [20, 3600],
  'sign-in-name': [5, 900],
  'sign-in-device': [10, 900],
  'sign-in-place': [5, 900],
  password: [5, 900],
  'second-factor': [5, 900],
  passkey: [60, 900],
  link: [20, 900],
  username: [30, 900],
  reset: [3, 3600],
  'reset-place': [10, 3600],
  invite: [20, 3600],
  preview: [60, 60],
  'provider-test': [5, 60],
  refresh: [30, 60],
  export: [20, 300],
} as const satisfies Record<string, readonly [points: number, seconds: number]>;
export type LimitName = keyof typeof limits;

/** How often in how many seconds. */
export function limitOf(name: LimitName): { points: number; seconds: number } {
  const [points, seconds] = limits[name];
  return { points, seconds };
}

const PATIENCE_MS = 2000;
/** A Redis that does not answer must not hold a request: after two seconds it counts as away, and is counted here instead. */
class Impatient extends RateLimiterRedis {
  readonly #insurance: RateLimiterMemory;
  constructor(options: IRateLimiterRedisOptions & { insuranceLimiter: RateLimiterMemory }) {
    super(options);
    this.#insurance = options.insuranceLimiter;
  }

  override async consume(...args: Parameters<RateLimiterRedis['consume']>): Promise<RateLimiterRes> {
    const asked = super.consume(...args);
    // a refusal is an answer too
    const answered = asked.then(
      () => undefined,
      () => undefined,
    );
    return (await endsWithin(PATIENCE_MS, answered)) ? asked : this.#insurance.consume(...args);
  }
}

/** At least one: "in 0 seconds" would be refused again. */
const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

/** How often somebody may do something. */
export class Limits {
  readonly #limiters: Map<LimitName, RateLimiterAbstract>;

  /** @param redis a client that fails at once while Redis is away. @param scale multiplies every limit (benchmarks and tests). */
  constructor(redis: RedisClient, prefix = 'quarterdeck:limit', scale = 1) {
    this.#limiters = new Map(
      Object.entries(limits).map(([name, [points, duration]]) => {
        const keyPrefix = `${prefix}:${name}`;
        const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points: Math.ceil((points * scale) / 2), duration });
        return [
          name as LimitName,
          new Impatient({
            storeClient: redis,
            useRedisPackage: true,
            rejectIfRedisNotReady: true,
            keyPrefix,
            points: points * scale,
            duration,
            insuranceLimiter,
          }),
        ];
      }),
    );
  }

  #of(name: LimitName): RateLimiterAbstract {
    const limiter = this.#limiters.get(name);
    if (!limiter) throw new Error(`there is no limit ${name}`);
    return limiter;
  }

  /** Uses up one point. @throws Problem `too_many_requests` with the seconds left */
  async take(name: LimitName, key: string): Promise<void> {
    const { wait } = await this.spend(name, key);
    if (wait > 0) throw new Problem('too_many_requests', { retryAfter: wait });
  }

  /**
   * Uses up one point. `wait`: the seconds until there is one again, 0 if there was one; `left`: how many there are still; `first`: this
   * is the first try that found none.
   */
  async spend(name: LimitName, key: string): Promise<{ wait: number; left: number; first: boolean }> {
    const limiter = this.#of(name);
    try {
      const { remainingPoints } = await limiter.consume(key);
      return { wait: 0, left: remainingPoints, first: false };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { wait: secondsOf(refusal), left: 0, first: refusal.consumedPoints === limiter.points + 1 };
    }
  }

  /** Without using any up: the seconds until there is a point again, 0 where there is one. */
  async wait(name: LimitName, key: string): Promise<number> {
    const limiter = this.#of(name);
    const used = await limiter.get(key);
    return used && used.consumedPoints >= limiter.points ? secondsOf(used) : 0;
  }

  /** Returns a point that was used up for nothing. */
  async giveBack(name: LimitName, key: string): Promise<void> {
    await this.#of(name).reward(key);
  }

  async reset(name: LimitName, key: string): Promise<void> {
    await this.#of(name).delete(key);
  }
}
