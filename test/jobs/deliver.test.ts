import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { MikroORM } from '@mikro-orm/postgresql';
import { beforeEach, expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { MAX_TRIES } from '#server/notifications/back-off.ts';
import { enqueue } from '#server/notifications/enqueue.ts';
import { takeBackLost } from '#server/notifications/sweep.ts';
import { take } from '#server/notifications/take.ts';
import type { RedisClientType } from 'redis';
import { KEY } from '../support/app.ts';
import { rateLimit } from '../support/counterparts/slack.ts';
import { type Work, startWork } from '../support/settle.ts';
import { activateSlack, makeDue, oneDelivery, plan, someEvent, someRule, standing, test as house } from '../server/notifications/house.ts';

const test = house
  .extend('work', { scope: 'file' }, async ({ database, redisUrl, slack }, { onCleanup }) => {
    const work = await startWork(database, redisUrl, { env: { SLACK_API_URL: slack.api } });
    onCleanup(() => work.stop());
    return work;
  })
  /** Starts a worker process that has one delivery, and kills it as soon as it has asked Slack. */
  .extend(
    'killWhileSending',
    { scope: 'file' },
    ({ database, redisUrl, slack }) =>
      async (id: string, accepted: boolean): Promise<void> => {
        const before = slack.calls.length;
        slack.faults.push({ silent: true, accepted });
        const env = {
          PATH: process.env['PATH'],
          NODE_ENV: 'test',
          DATABASE_URL: database,
          REDIS_URL: redisUrl,
          SECRET_KEY: KEY,
          SLACK_API_URL: slack.api,
        };
        const worker = fork(new URL('./deliver-once.ts', import.meta.url), [id], { env });
        const gone = once(worker, 'exit');
        await expect.poll(() => slack.calls.length, { timeout: 15_000 }).toBe(before + 1);
        worker.kill('SIGKILL');
        await gone;
      },
  );

beforeEach<{ slack: { reset(): void } }>(({ slack }) => slack.reset());

/** What the clock does every five seconds. */
async function sweep(work: Work): Promise<void> {
  await work.tools.producer.add('sweep-deliveries', {});
  await work.settle();
}
/** Lets the eight seconds pass after which a silent worker counts as gone. */
const letLeasesEnd = (orm: MikroORM): Promise<unknown> =>
  orm.em.fork().execute(`update delivery set lease_until = now() - interval '1 ms' where state = 'sending'`);
const letTenSecondsPass = (orm: MikroORM): Promise<unknown> =>
  orm.em.fork().execute(`update delivery set created_at = created_at - interval '11 s' where state = 'queued'`);

test.for([
  ['before Slack’s yes', false, 1],
  ['after Slack’s yes', true, 2],
] as const)(
  'a worker killed %s: never lost, and a repeat carries the same id',
  { timeout: 30_000 },
  async ([, accepted, copies], { orm, owner, slack, work, killWhileSending }) => {
    const em = orm.em.fork();
    await activateSlack(em, owner, work.tools);
    const id = await oneDelivery(em, owner);
    await killWhileSending(id, accepted);
    expect(await standing(em, id)).toMatchObject({ state: 'sending', outcomes: [null] });
    await sweep(work);
    expect(slack.calls).toHaveLength(1); // it may be alive still
    await letLeasesEnd(orm);
    await sweep(work);
    expect(slack.posts.map(({ metadata }) => metadata.event_payload.delivery_id)).toEqual(Array(copies).fill(id));
    expect(await standing(em, id)).toMatchObject({ state: 'sent', tries: 2, outcomes: ['lost', 'sent'] });
  },
);

test('one that kills every worker is given up with its reason', async ({ orm, owner, work }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, work.tools);
  const id = await oneDelivery(em, owner);
  for (let at = 0; at < MAX_TRIES; at++) {
    expect(await take(em.fork(), id)).toMatchObject({ tries: at + 1 });
    await letLeasesEnd(orm);
    const found = await Promise.all([takeBackLost(em.fork(), []), takeBackLost(em.fork(), [])]);
    expect(found.flat()).toEqual([id]); // by one of the two
  }
  const { state, reason, outcomes } = await standing(em, id);
  expect(state).toBe('failed');
  expect(outcomes).toEqual(Array(MAX_TRIES).fill('lost'));
  expect(reason).toBe('Given up after 8 tries. Its worker went silent while it was sent; it may have arrived.');
  expect(await em.count(Event, { type: 'delivery.failed', facts: { deliveryId: id } })).toBe(1);
});

test('when Redis comes back empty, the rows fill the queue again, and each message goes out once', async ({
  orm,
  owner,
  slack,
  work,
  redis,
}) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, work.tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await work.settle(); // what others left
  await someRule(em, owner);
  const events = await Promise.all(Array.from({ length: 20 }, () => someEvent(orm.em.fork())));
  const planned = await plan(em, events);
  await redis.flushAll();
  await sweep(work);
  expect(slack.posts).toEqual([]); // they are young: whoever planned them queues them
  await letTenSecondsPass(orm);
  await sweep(work);
  await enqueue(work.tools, planned);
  await enqueue(work.tools, planned);
  await sweep(work);
  expect(slack.posts.map(({ metadata }) => metadata.event_payload.delivery_id).toSorted()).toEqual(planned.map(({ id }) => id).toSorted());
});

test('what waits during a pause goes out after it, and nothing before', async ({ orm, owner, slack, work }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, work.tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await work.settle(); // what others left
  await someRule(em, owner);
  const planned = await plan(em, [await someEvent(em)]);
  slack.faults.push(rateLimit('7'));
  await enqueue(work.tools, planned);
  await work.settle();
  const more = await plan(em, await Promise.all(Array.from({ length: 10 }, () => someEvent(orm.em.fork()))));
  await enqueue(work.tools, more);
  await letTenSecondsPass(orm);
  await sweep(work);
  expect(slack.calls).toHaveLength(1);
  await em.execute(`update provider_activation set held_until = now()`);
  await makeDue(em);
  await sweep(work);
  expect(slack.posts).toHaveLength(11);
  expect(await em.count(Delivery, { id: { $in: [...planned, ...more].map(({ id }) => id) }, state: 'sent' })).toBe(11);
});

/** What those who may see the delivery log are told: states with their versions. */
async function watchLog(redis: RedisClientType): Promise<{ rows(): unknown[]; stop(): Promise<void> }> {
  const told: string[] = [];
  const listener = redis.duplicate();
  await listener.connect();
  await listener.pSubscribe('*', message => told.push(message));
  return {
    rows: () =>
      told
        .filter(message => message.includes('deliveries:changed') && message.includes('may:deliveries.view'))
        .map(message => [/"state":"(\w+)"/.exec(message)?.[1], Number(/"version":(\d+)/.exec(message)?.[1])]),
    stop: () => listener.close(),
  };
}

test('those who may see the log are told of each state, with a version that grows', async ({ orm, owner, slack, work, redis }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, work.tools);
  const log = await watchLog(redis);
  const id = await oneDelivery(em, owner);
  await enqueue(work.tools, [{ id, provider: 'slack' }]);
  await work.settle();
  await expect
    .poll(() => log.rows())
    .toEqual([
      ['sending', 2],
      ['sent', 3],
    ]);
  expect(slack.posts).toHaveLength(1);
  await log.stop();
});

test('they are told of what waits, too', async ({ orm, owner, work, redis }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, work.tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await work.settle(); // what others left
  await someRule(em, owner);
  await em.execute('update provider_activation set paused_at = now()');
  const log = await watchLog(redis);
  await someEvent(em);
  await work.settle();
  await expect.poll(() => log.rows()).toContainEqual(['queued', 1]);
  await log.stop();
});
