import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, inject, onTestFinished, vi } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { checkVitals } from '#server/health/check-vitals.ts';
import { keepWatch } from '#server/health/keep-watch.ts';
import type { Vital } from '#server/health/vitals.ts';
import { dismissWorker, hearWorker, missWorkers } from '#server/health/workers.ts';
import { planDeliveries } from '#server/notifications/plan.ts';
import { systemMails } from '#server/mails.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { createLog } from '#server/platform/log.ts';
import { sayAlive } from '#server/queues/roll-call.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import { envFor } from '../../support/app.ts';
import { Mailbox } from '../../support/mailbox.ts';
import { furnish, someone } from '../../support/people.ts';
import { test as base } from '../live/own-redis.ts';

const SLOW = { timeout: 10_000 };

const test = base
  .extend('mailbox', async ({}, { onCleanup }) => {
    const mailbox = await new Mailbox().start();
    onCleanup(() => mailbox.stop());
    return mailbox;
  })
  .extend('opened', async ({ database, store, mailbox }, { onCleanup }): Promise<OpenTools> => {
    const opened = await openTools(envFor(database, store.url, { SMTP_URL: mailbox.url }), createLog('silent'), 'http://127.0.0.1');
    onCleanup(() => opened.close());
    return opened;
  })
  /** Everything is looked at once more, by two processes at the same moment. */
  .extend('look', ({ opened: { tools } }) => async (times = 1): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      await tools.orm.em.fork().execute('update vital set due_at = now()');
      await Promise.all([checkVitals(tools), checkVitals(tools)]);
    }
  })
  /** What has been told of one family of events since it was asked last. */
  .extend('told', async ({ orm }) => {
    const seen = new Set((await orm.em.fork().findAll(Event, { fields: ['id'] })).map(({ id }) => id));
    return async (): Promise<[type: string, facts: Record<string, unknown>][]> => {
      const events = await orm.em
        .fork()
        .find(Event, { type: { $re: String.raw`^(dependency|worker)\.|^queue\.(backed|caught)-up` } }, { orderBy: { id: 'asc' } });
      const fresh = events.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      return fresh.map(({ type, facts }) => [type, facts]);
    };
  });

test('Redis gone is told once when several looks agree, and once when it is back; a blink is not', async ({
  opened: { tools },
  look,
  told,
  store,
}) => {
  await look(2);
  await store.stop();
  await look(2);
  await store.start();
  await expect.poll(() => tools.redis.isReady, SLOW).toBe(true);
  await look();
  expect(await told()).toEqual([]);
  await store.stop();
  await look(3);
  expect(await told()).toEqual([['dependency.down', { dependency: 'Redis', reason: 'Redis is away.' }]]);
  await look(2);
  expect(await told()).toEqual([]);
  await store.start();
  await expect
    .poll(async () => (await look(), await told()), SLOW)
    .toEqual([['dependency.back', { dependency: 'Redis', seconds: expect.any(Number) as unknown }]]);
});

test('of two looks that end together, one of which hung past the next, one counts: what they saw is told once', async ({
  opened: { tools },
  orm,
  told,
}) => {
  const em = orm.em.fork();
  const gate = Promise.withResolvers<undefined>();
  const looking = vi.fn<() => void>();
  const hanging: Vital = {
    id: 'hanging',
    every: 60,
    steady: 1,
    look: async () => {
      looking();
      await gate.promise;
      return [
        {
          id: 'hanging',
          ok: false,
          down: em => void record(em, SYSTEM, 'dependency.down', { dependency: 'Redis', reason: 'It hangs.' }),
          back: () => undefined,
        },
      ];
    },
  };
  const looks = [checkVitals(tools, [hanging])];
  await expect.poll(() => looking.mock.calls.length, SLOW).toBe(1);
  await em.execute(`update vital set due_at = now() where id = 'hanging'`);
  looks.push(checkVitals(tools, [hanging]));
  await expect.poll(() => looking.mock.calls.length, SLOW).toBe(2);
  const writing = (): Promise<unknown[]> =>
    orm.em.fork().execute(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  await em.transactional(async em => {
    // both have read how it stood before either can write
    await em.execute(`select from vital where id = 'hanging' for update`);
    gate.resolve(undefined);
    await expect.poll(writing, SLOW).toHaveLength(2);
  });
  await Promise.all(looks);
  expect(await told()).toEqual([['dependency.down', { dependency: 'Redis', reason: 'It hangs.' }]]);
});

test('a mail server that takes nobody in is told of in its own words, and one that does again', async ({ look, told, mailbox }) => {
  await look();
  mailbox.faults.push(...Array.from({ length: 4 }, () => ({ stage: 'connect' as const, code: 421, words: 'Too busy' })));
  await look(2);
  expect(await told()).toMatchObject([
    ['dependency.down', { dependency: 'the mail server', reason: expect.stringContaining('Too busy') as unknown }],
  ]);
  mailbox.faults.length = 0;
  await look(2);
  expect(await told()).toMatchObject([['dependency.back', { dependency: 'the mail server' }]]);
});

test('a queue whose first job waits for minutes is backed up until it has caught up; a paused one is not', async ({
  opened: { tools },
  look,
  told,
}) => {
  const { redis, producer } = tools;
  await sayAlive(redis, producer.prefix, randomUUID(), ['slow', 'halted']);
  for (const name of ['slow', 'halted']) await producer.queue(name).add(name, {}, { timestamp: Date.now() - 6 * 60_000 });
  await producer.queue('halted').pause();
  await look();
  expect(await told()).toEqual([]);
  await look(2);
  const [event, ...more] = await told();
  expect(event).toMatchObject(['queue.backed-up', { queue: 'slow', waiting: 1 }]);
  expect(event?.[1]['seconds']).toBeGreaterThanOrEqual(360);
  expect(more).toEqual([]);
  await producer.queue('slow').drain();
  await look(2);
  expect(await told()).toMatchObject([['queue.caught-up', { queue: 'slow' }]]);
});

test('a worker that went without a word is missed once, and back once; a planned end and a quick restart are silent', async ({
  orm,
  told,
}) => {
  const em = orm.em.fork();
  const worker = (name: string) => ({ id: randomUUID(), name });
  /** An hour passes in which all work, but this one has been silent for the last 41 s. */
  const age = async (name: string): Promise<void> => {
    await em.execute(`update worker_sign set started_at = started_at - interval '1 hour'`);
    await em.execute(`update worker_sign set heard_at = now() - interval '41 seconds' where name = ?`, [name]);
  };
  const miss = (): Promise<unknown> => Promise.all([missWorkers(orm.em.fork()), missWorkers(orm.em.fork())]);
  const [first, second, third] = [worker('a/1'), worker('b/2'), worker('c/3')];
  for (const one of [first, second, third]) await hearWorker(em.fork(), one);
  await dismissWorker(em, third);
  await miss();
  expect(await told()).toEqual([]);

  await age('a/1');
  await miss();
  expect(await told()).toEqual([['worker.gone', { worker: 'a/1', working: 1 }]]);
  await hearWorker(em.fork(), second);
  expect(await told()).toEqual([]);
  await Promise.all([hearWorker(orm.em.fork(), first), hearWorker(orm.em.fork(), first)]); // it was only asleep
  expect(await told()).toEqual([['worker.back', { worker: 'a/1', working: 2 }]]);

  await age('b/2');
  await hearWorker(em.fork(), worker('b/3')); // started again within seconds
  await miss();
  expect(await told()).toEqual([]);

  await age('a/1');
  await age('b/3');
  await miss();
  expect(await told()).toMatchObject([
    ['worker.gone', { working: 0 }],
    ['worker.gone', { working: 0 }],
  ]);
  await hearWorker(em.fork(), worker('d/4'));
  expect(await told()).toEqual([['worker.back', { worker: 'd/4', working: 1 }]]);
});

test('an outage of PostgreSQL is told when it is over, once of all that saw it, with when it began', async ({
  database,
  opened: { tools },
  orm,
  told,
}) => {
  const admin = new pg.Client(`${inject('services').postgres}postgres`);
  await admin.connect();
  const name = new URL(database).pathname.slice(1);
  onTestFinished(async () => {
    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
  });
  const pace = { every: 100, outage: 1000 };
  const ends = [keepWatch(tools, undefined, pace), keepWatch(tools, { id: randomUUID(), name: 'z/1' }, pace)];
  onTestFinished(async () => void (await Promise.all(ends.map(end => end()))));
  await expect.poll(() => orm.em.fork().execute('select name from worker_sign'), SLOW).toContainEqual({ name: 'z/1' });
  const began = Date.now();
  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await expect.poll(() => Date.now() - began, SLOW).toBeGreaterThan(2500);
  await admin.query(`alter database ${name} allow_connections true`);
  await expect.poll(() => orm.em.fork().count(Event, { type: 'dependency.back', facts: { dependency: 'PostgreSQL' } }), SLOW).toBe(1);
  await Promise.all(ends.map(end => end()));
  expect((await told()).filter(([, { dependency }]) => dependency === 'PostgreSQL')).toEqual([
    [
      'dependency.down',
      { dependency: 'PostgreSQL', reason: expect.stringMatching(/^It did not answer for \d s\. It does again\.$/) as unknown },
    ],
    ['dependency.back', { dependency: 'PostgreSQL', seconds: expect.any(Number) as unknown }],
  ]);
  const down = await orm.em.fork().findOneOrFail(Event, { type: 'dependency.down', facts: { dependency: 'PostgreSQL' } });
  expect(Math.abs(down.at.getTime() - began)).toBeLessThan(1500);
  expect(await orm.em.fork().execute('select name from worker_sign')).not.toContainEqual({ name: 'z/1' });
});

test('who may see system health is told by mail that something is down', async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  const watcher = await someone(em, 'system.view');
  const event = em.create(Event, {
    type: 'dependency.down',
    at: new Date(),
    actorKind: 'system',
    actorName: 'Quarterdeck',
    facts: { dependency: 'Redis', reason: 'Redis is away.' },
  });
  await em.flush();
  await em.transactional(inner => planDeliveries(inner, [event], systemMails));
  const rows = await em.execute<{ to: string }[]>('select target_label as "to" from delivery where event_id = ?', [event.id]);
  expect(rows).toEqual([{ to: watcher.email }]);
});
