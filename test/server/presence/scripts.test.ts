import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { script } from '#server/presence/script.ts';
import { TIMING } from '#server/presence/timing.ts';
import { test as base } from '../../support/world.ts';
import { type Facts, LEASE, Processes, entry } from './store-processes.ts';

const test = base.extend('subscriber', { scope: 'file' }, async ({ redis }, { onCleanup }) => {
  const subscriber = redis.duplicate();
  await subscriber.connect();
  onCleanup(() => subscriber.destroy());
  return subscriber;
});

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
      const world = new Processes(redis);
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
    const world = new Processes(redis);
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
    const world = new Processes(redis);
    await world.write('old', [[ada, entry({})]], true);
    await world.store.move('old', LEASE);
    await world.write('new', [[ada, entry({ state: 'away', since: 900, stateSince: 950 })]], true);
    expect(await world.rows()).toMatchObject([{ state: 'away', stateSince: 950, since: 100 }]);
  });
});

describe('a process that falls silent', () => {
  test('is doubted once by however many ask, is forgiven with its next beat, and each is one packet', async ({ redis, subscriber }) => {
    const world = new Processes(redis);
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
    const world = new Processes(redis);
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
    const world = new Processes(redis);
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
    const world = new Processes(redis);
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
        const world = new Processes(redis);
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
