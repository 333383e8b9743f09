import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { decompose } from '#server/platform/live/wire.ts';
import type { RedisClient } from '#server/platform/redis.ts';
import { Roster } from '#server/presence/Roster.ts';
import { Store } from '#server/presence/Store.ts';
import { readRoster } from '#server/presence/read-roster.ts';
import { script } from '#server/presence/script.ts';
import { TIMING } from '#server/presence/timing.ts';
import { test as base } from '../../support/world.ts';

const LEASE = 60_000;

const test = base.extend('subscriber', { scope: 'file' }, async ({ redis }, { onCleanup }) => {
  const subscriber = redis.duplicate();
  await subscriber.connect();
  onCleanup(() => subscriber.destroy());
  return subscriber;
});

interface Facts {
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
const entry = ({
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
class World {
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

const [ada, bob, cy] = [randomUUID(), randomUUID(), randomUUID()] as const;

describe('what two processes know of one person', () => {
  const cases: [what: string, a: Facts, b: Facts, row: object][] = [
    ['in use at one, idle at the other', { state: 'away', stateSince: 500 }, {}, { state: 'online' }],
    ['idle at both', { state: 'away', stateSince: 500 }, { state: 'away', stateSince: 700 }, { state: 'away', stateSince: 500 }],
    [
      'not heard of at one, idle at the other',
      { state: 'checking', stateSince: 900 },
      { state: 'away', stateSince: 500 },
      { state: 'away', stateSince: 500 },
    ],
    ['here since the earlier', { since: 300 }, { since: 200 }, { since: 200 }],
    [
      'a tab that has not spoken yet changes nothing',
      { state: 'away', stateSince: 500 },
      { said: false, since: 900 },
      { state: 'away', stateSince: 500, since: 100 },
    ],
    ['the page said last', { page: '/staff', pageAt: 5 }, { page: '/roles', pageAt: 6 }, { page: '/roles' }],
    ['the newer name', { name: 'New', knownAt: 3 }, { name: 'Old', knownAt: 2 }, { name: 'New' }],
  ];
  for (const [what, a, b, row] of cases) {
    test(what, async ({ redis }) => {
      const world = new World(redis);
      await world.write('a', [[ada, entry(a)]], true);
      await world.write('b', [[ada, entry(b)]], true);
      expect(await world.rows()).toMatchObject([{ id: ada, ...row }]);
    });
  }
});

describe('moving on', () => {
  test('to another process is no news: not the arrival there, not the end of the old one, and "away since" stays', async ({
    redis,
    subscriber,
  }) => {
    const world = new World(redis);
    await world.write('old', [[ada, entry({ state: 'away', stateSince: 500, page: '/staff', pageAt: 5 })]], true);
    await world.write('new', [], true);
    await world.follow(subscriber);
    await world.store.move('old', LEASE);
    await world.write('new', [[ada, entry({ said: false, since: 900 })]]);
    await world.write('new', [[ada, entry({ state: 'away', since: 900, stateSince: 950, page: '/staff', pageAt: 950 })]]);
    await world.die('old');
    expect(world.heard).toEqual([]);
    expect(await world.rows()).toMatchObject([{ state: 'away', since: 100, stateSince: 500, page: '/staff' }]);
  });

  test('what is said at the new process counts, however the old one left it', async ({ redis }) => {
    const world = new World(redis);
    await world.write('old', [[ada, entry({})]], true);
    await world.store.move('old', LEASE);
    await world.write('new', [[ada, entry({ state: 'away', since: 900, stateSince: 950 })]], true);
    expect(await world.rows()).toMatchObject([{ state: 'away', stateSince: 950, since: 100 }]);
  });
});

describe('a process that falls silent', () => {
  test('is doubted once by however many ask, is forgiven with its next beat, and each is one packet', async ({ redis, subscriber }) => {
    const world = new World(redis);
    await world.write(
      'a',
      [
        [ada, entry({})],
        [bob, entry({})],
      ],
      true,
    );
    await world.write('b', [[bob, entry({})]], true);
    await world.follow(subscriber);
    await world.store.doubt('a', { ...TIMING, lease: LEASE }, 100_000);
    await world.agree();
    expect(world.heard).toHaveLength(0); // its lease is fresh
    await world.shorten('a', 5000);
    await Promise.all([1, 2, 3].map(() => world.store.doubt('a', { ...TIMING, lease: LEASE }, 100_000)));
    await world.agree();
    expect(world.heard).toHaveLength(1);
    const rows = new Map((await world.rows()).map(row => [row.id, row]));
    expect(rows.get(bob)).toMatchObject({ state: 'online' });
    expect(rows.get(ada)).toMatchObject({ state: 'checking' });
    expect(Number(rows.get(ada)?.stateSince)).toBeGreaterThanOrEqual(100_000 - LEASE);
    expect(Number(rows.get(ada)?.stateSince)).toBeLessThanOrEqual(100_000 - LEASE + 5000);
    expect(await world.store.beat('a', 2, LEASE)).toMatchObject({ intact: true });
    await world.agree();
    expect(world.heard).toHaveLength(2);
    expect((await world.rows()).map(row => row.state)).toEqual(['online', 'online']);
  });

  test('is no longer believed by any reader once its lease ended, and is taken out by one of those who try, in one packet', async ({
    redis,
    subscriber,
  }) => {
    const world = new World(redis);
    const crowd = Array.from({ length: 1000 }, (): [string, string] => [randomUUID(), entry({})]);
    await world.write('a', [...crowd, [ada, entry({})]], true);
    await world.write(
      'b',
      [
        [ada, entry({})],
        [bob, entry({})],
      ],
      true,
    );
    await world.follow(subscriber);
    expect(await world.store.reap('a')).toBeGreaterThan(0); // it lives
    await redis.del(`${world.prefix}presence:lease:a`);
    expect((await world.rows()).map(row => row.id).toSorted()).toEqual([ada, bob].toSorted());
    await Promise.all([1, 2, 3].map(() => world.store.reap('a')));
    await world.agree();
    expect(world.heard).toHaveLength(1);
    expect(
      world.follower
        .snapshot()
        .people.map(row => row.id)
        .toSorted(),
    ).toEqual([ada, bob].toSorted());
    expect(await redis.exists(`${world.prefix}presence:people:a`)).toBe(0);
  });
});

describe('the state in Redis', () => {
  test('that was lost is noticed by the next write and the next beat, and written anew under another epoch', async ({ redis }) => {
    const world = new World(redis);
    await world.write('a', [[ada, entry({})]], true);
    const { epoch } = await world.store.read();
    for await (const keys of redis.scanIterator({ MATCH: `${world.prefix}*` })) {
      if (keys.length > 0) await redis.del(keys);
    }
    expect(await world.store.beat('a', 1, LEASE)).toMatchObject({ intact: false });
    expect(await world.write('a', [[bob, entry({})]])).toBe(false);
    expect(
      await world.write(
        'a',
        [
          [ada, entry({})],
          [bob, entry({})],
        ],
        true,
      ),
    ).toBe(true);
    const reading = await world.store.read();
    expect(reading.epoch).not.toBe(epoch);
    expect(reading.people.map(row => row.id).toSorted()).toEqual([ada, bob].toSorted());
  });

  test('survives that Redis forgets the scripts', async ({ redis }) => {
    const world = new World(redis);
    await world.write('a', [[ada, entry({})]], true);
    await redis.scriptFlush();
    expect(await world.rows()).toHaveLength(1);
  });

  test('is asked with as many keys and arguments as a script reads, or not at all', async ({ redis }) => {
    await expect(script('reap')(redis, ['one'], ['a', 'b', 'c', 'd', 'e'])).rejects.toThrow('takes 2 keys and 5 arguments, not 1 and 5');
    await expect(script('reap')(redis, ['one', 'two'], ['a'])).rejects.toThrow('takes 2 keys and 5 arguments, not 2 and 1');
  });
});

const process = fc.constantFrom('a', 'b', 'c');
const person = fc.constantFrom(ada, bob, cy);
const facts = fc.record({
  said: fc.boolean(),
  state: fc.constantFrom('online', 'away', 'checking'),
  since: fc.integer({ min: 1, max: 50 }),
  stateSince: fc.integer({ min: 50, max: 99 }),
  page: fc.constantFrom('/', '/staff'),
  pageAt: fc.nat(9),
});
const happening = fc.oneof(
  fc.record({
    what: fc.constant('write' as const),
    process,
    changes: fc.uniqueArray(fc.tuple(person, facts), { maxLength: 3, selector: ([id]) => id }),
  }),
  fc.record({ what: fc.constant('leave' as const), process, person }),
  fc.record({ what: fc.constant('doubt' as const), process }),
  fc.record({ what: fc.constant('beat' as const), process }),
  fc.record({ what: fc.constant('move' as const), process }),
  fc.record({ what: fc.constant('die' as const), process }),
);

describe('whatever happens at three processes', () => {
  test('who followed the differences sees what a newcomer reads, and exactly those are there whom a living process lists', async ({
    redis,
    subscriber,
  }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 20 }), async happenings => {
        const world = new World(redis);
        await world.follow(subscriber);
        for (const step of happenings) {
          const entries = world.of(step.process);
          const registered = (await world.store.beat(step.process, entries.size, LEASE)).intact;
          if (step.what === 'write') {
            const changes = step.changes.map(([id, given]): [string, string] => [id, entry(given)]);
            if (!(await world.write(step.process, changes, !registered))) throw new Error('the entries were there');
          }
          if (step.what === 'leave' && entries.has(step.person)) await world.write(step.process, [[step.person, '']]);
          if (step.what === 'doubt') {
            await world.shorten(step.process, 5000);
            await world.store.doubt(step.process, { ...TIMING, lease: LEASE }, 100_000);
          }
          if (step.what === 'move') await world.store.move(step.process, LEASE);
          if (step.what === 'die') await world.die(step.process);
          await world.agree();
          const listed = new Set([...world.counts.values()].flatMap(people => [...people.keys()]));
          expect(new Set((await world.rows()).map(row => row.id))).toEqual(listed);
        }
        await subscriber.unsubscribe(`${world.prefix}live`);
      }),
      { numRuns: 40 },
    );
  });
});
