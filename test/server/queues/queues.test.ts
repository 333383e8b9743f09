import fc from 'fast-check';
import { expect } from 'vitest';
import { lampOf } from '#server/queues/queries.ts';
import { callRoll, sayAlive, sayGone } from '#server/queues/roll-call.ts';
import { test } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';
import { startWork } from '../../support/settle.ts';

test('the queues are listed with what waits in them, also when nobody works any more', async ({
  database,
  redisUrl,
  owner,
  orm,
  server,
}) => {
  expect(await owner.call('GET /queues')).toEqual({ items: [] });
  const work = await startWork(database, redisUrl, { widgets: new Map() });
  const working = await owner.call('GET /queues');
  expect(working.items.find(({ name }) => name === 'rebuild-widget')).toMatchObject({
    waiting: 0,
    active: 0,
    workers: 1,
    oldestWaitMs: null,
    lamp: 'ok',
  });
  await work.stop();

  const { tools, ...idle } = await startWork(database, redisUrl, { widgets: new Map() });
  await tools.producer.queue('rebuild-widget').pause();
  await tools.producer.add('rebuild-widget', { widgetId: 'none' });
  await expect
    .poll(async () => (await owner.call('GET /queues')).items.find(({ name }) => name === 'rebuild-widget'))
    .toMatchObject({ waiting: 1, paused: true, oldestWaitMs: expect.any(Number) as number, lamp: 'warn' });
  await idle.stop();
  const stopped = (await owner.call('GET /queues')).items.find(({ name }) => name === 'rebuild-widget');
  expect(stopped).toMatchObject({ waiting: 1, workers: 0, lamp: 'bad' });

  const em = orm.em.fork();
  expect(await (await browserOf(em, await someone(em, 'dashboard.view'), server.url)).codeOf('GET /queues')).toBe('forbidden');
});

test('workers are counted while they are heard, and their queues outlive the last of them', async ({ redis }) => {
  await sayAlive(redis, 'test', 'a', ['one', 'two']);
  await sayAlive(redis, 'test', 'b', ['two']);
  expect((await callRoll(redis, 'test')).workers).toEqual(
    new Map([
      ['one', 1],
      ['two', 2],
    ]),
  );
  await sayGone(redis, 'test', 'b', ['two']);
  await redis.hSet('test:workers', 'a', '1 one two'); // heard long ago
  expect((await callRoll(redis, 'test')).workers).toEqual(
    new Map([
      ['one', 0],
      ['two', 0],
    ]),
  );
  await sayAlive(redis, 'test', 'c', ['two', 'three']);
  expect((await callRoll(redis, 'test')).workers).toEqual(
    new Map([
      ['two', 1],
      ['three', 1],
    ]),
  );
});

test('a queue that nobody serves is never shown as well', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.boolean(),
      fc.option(fc.nat()),
      fc.nat({ max: 3 }),
      (waiting, active, failed, paused, oldestWaitMs, workers) => {
        const lamp = lampOf({ waiting, active, failed, paused, oldestWaitMs, workers });
        expect(lamp === 'bad').toBe(workers === 0);
        if (lamp === 'ok') expect([waiting, active, failed, paused]).toEqual([0, 0, 0, false]);
      },
    ),
  );
});
