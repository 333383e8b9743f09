import fc from 'fast-check';
import { expect, onTestFinished } from 'vitest';
import { heardIn } from '#contract/languages.ts';
import { Event } from '#server/events/Event.ts';
import { lampOf } from '#server/queues/queries.ts';
import { perMinute } from '#server/queues/per-minute.ts';
import { redacted } from '#server/queues/redact.ts';
import { callRoll, sayAlive, sayGone } from '#server/queues/roll-call.ts';
import failedJobs from '#server/widgets/needs-attention-jobs.ts';
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

test('a queue is paused and resumed, and failed jobs are read, tried again and removed, on the record', async ({
  database,
  redisUrl,
  orm,
  server,
}) => {
  const work = await startWork(database, redisUrl, { widgets: new Map() });
  onTestFinished(() => work.stop());
  const { producer } = work.tools;
  const em = orm.em.fork();
  const manager = await browserOf(em, await someone(em, 'queues.manage'), server.url);
  const viewer = await browserOf(em, await someone(em, 'queues.view'), server.url);
  const name = 'sweep-deliveries';
  const params = { name };
  const failed = () => viewer.call('GET /queues/:name/jobs', { params, query: { state: 'failed' } });

  // not what the job asks for, so that it is given up at once
  for (let n = 0; n < 3; n += 1) await producer.add(name, { widgetId: n, token: 'planted-token' });
  await expect.poll(async () => (await failed()).total).toBe(3);
  const [first, second] = (await failed()).items;
  expect(first).toMatchObject({ state: 'failed', tries: 1, error: expect.stringContaining('the payload is not one of') as unknown });
  const attention = async () =>
    heardIn('en', await failedJobs.load?.({ ...work.tools, em: em.fork(), signal: AbortSignal.timeout(10_000) }));
  expect(await attention()).toMatchObject({
    items: [{ count: 3, text: `Jobs of ${name} failed`, href: `/queues/${name}?state=failed`, action: 'Retry or inspect' }],
  });
  const job = { name, id: first?.id ?? '' };
  const whole = await viewer.call('GET /queues/:name/jobs/:id', { params: job });
  expect(JSON.parse(whole.payload)).toMatchObject({ token: '[secret]' });
  expect(whole.stacks).toHaveLength(1);

  expect(await viewer.codeOf('POST /queues/:name/pause', { params })).toBe('forbidden');
  expect(await manager.call('POST /queues/:name/pause', { params })).toMatchObject({
    paused: true,
    lamp: 'warn',
    pausedBy: { at: expect.any(String) as string },
  });
  expect(await manager.call('POST /queues/:name/jobs/:id/retry', { params: job })).toMatchObject({ state: 'waiting', tries: 0 });
  expect(await manager.codeOf('POST /queues/:name/jobs/:id/retry', { params: job })).toBe('job_busy');
  expect(await viewer.call('GET /queues/:name/jobs', { params, query: { state: 'waiting' } })).toMatchObject({
    total: 1,
    items: [{ id: job.id }],
  });
  expect(await manager.call('POST /queues/:name/resume', { params })).toMatchObject({ paused: false, pausedBy: null });
  await expect.poll(async () => (await failed()).total).toBe(3);

  const about = async (search: string) =>
    (await viewer.call('GET /queues/:name/jobs', { params, query: { state: 'failed', search } })).total;
  expect([await about('NOT one of'), await about(job.id), await about('nothing so')]).toEqual([3, 1, 0]);
  expect(await manager.call('POST /queues/:name/retry', { params, query: { search: 'nothing so' } })).toEqual({ jobs: 0 });

  await manager.call('DELETE /queues/:name/jobs/:id', { params: { name, id: second?.id ?? '' } });
  expect(await manager.codeOf('DELETE /queues/:name/jobs/:id', { params: { name, id: second?.id ?? '' } })).toBe('not_found');
  expect(await manager.call('POST /queues/:name/retry', { params })).toEqual({ jobs: 2 });
  await expect.poll(async () => (await failed()).total).toBe(2);
  expect(await manager.call('POST /queues/:name/retry', { params, query: { search: job.id } })).toEqual({ jobs: 1 });
  await expect.poll(async () => (await failed()).total).toBe(2);
  expect(await manager.call('POST /queues/:name/clear', { params, query: { search: job.id } })).toEqual({ jobs: 1 });
  expect(await manager.call('POST /queues/:name/clear', { params })).toEqual({ jobs: 1 });
  expect(await manager.call('POST /queues/:name/clear', { params })).toEqual({ jobs: 0 });
  expect(await attention()).toMatchObject({ items: [], empty: 'Nothing needs you.' });
  expect(await viewer.codeOf('GET /queues/:name/jobs', { params: { name: 'none' }, query: { state: 'failed' } })).toBe('not_found');

  const { perMinute: ended } = await viewer.call('GET /queues/:name', { params });
  expect(ended).toHaveLength(15);
  expect(ended.reduce((sum, jobs) => sum + jobs)).toBe(7); // three at first, and each of the four tried again

  const types = (
    await em.fork().find(Event, { actorName: { $ne: 'Quarterdeck' }, type: { $like: '%.%' } }, { orderBy: { storedAt: 'asc' } })
  )
    .map(({ type }) => type)
    .filter(type => /^(queue|jobs?)\./.test(type) && type !== 'job.failed');
  expect(types).toEqual([
    'queue.paused',
    'job.retried',
    'queue.resumed',
    'job.removed',
    'jobs.retried',
    'jobs.retried',
    'jobs.removed',
    'jobs.removed',
  ]);
});

test('what ended is counted in its minute, whenever the count is read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 15 }),
      fc.nat({ max: 20 }),
      fc.nat({ max: 59_999 }),
      (minutes, quiet, within) => {
        // as BullMQ has it: the last minute in which a job ended is open, those before are kept, the latest first
        const ended = [...minutes.slice(0, -1), Math.max(1, minutes.at(-1) ?? 1)];
        const total = ended.reduce((sum, jobs) => sum + jobs, 0);
        const prevCount = total - (ended.at(-1) ?? 0);
        const prevTS = 1_790_000_040_000 + within;
        const counted = { meta: { count: total, prevCount, prevTS }, data: ended.slice(0, -1).reverse() };
        const now = prevTS - within + quiet * 60_000;
        const expected = [...Array<number>(15).fill(0), ...ended, ...Array<number>(quiet).fill(0)].slice(-15);
        expect(perMinute(counted, now)).toEqual(expected);
      },
    ),
  );
  expect(perMinute({ meta: { count: 0, prevTS: 0, prevCount: 0 }, data: [] }, Date.now())).toEqual(Array(15).fill(0));
});

test('whatever sounds like a secret is taken out, however deep', () => {
  fc.assert(
    fc.property(fc.constantFrom('password', 'apiKey', 'authorization', 'resetToken', 'SECRET'), fc.jsonValue(), (name, value) => {
      const text = redacted({ deliveryId: 'kept', inner: [{ [name]: `planted${JSON.stringify(value)}` }] });
      expect(text).toContain('kept');
      expect(text).not.toContain('planted');
    }),
  );
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
