import { expect, onTestFinished } from 'vitest';
import { record } from '#server/events/record.ts';
import { startWorkers } from '#jobs/_start.ts';
import { EventPending, EventSeal } from '#server/events/Event.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { createLog } from '#server/platform/log.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import type { Widget } from '#server/widgets/_widget.ts';
import { envFor } from '../support/app.ts';
import { byId, numberWidget } from '../support/widgets.ts';
import { test as world } from '../support/world.ts';

const SECOND = 1000;

const test = world.extend('opened', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<OpenTools> => {
  const opened = await openTools(envFor(database, redisUrl), createLog('silent'), 'http://127.0.0.1');
  onCleanup(() => opened.close());
  return opened;
});

const happen = ({ tools }: OpenTools, times = 1): Promise<void> =>
  tools.orm.em.fork().transactional(async em => {
    for (let n = 0; n < times; n += 1) record(em, SYSTEM, 'job.failed', { queue: 'test', job: String(n), reason: 'for a test' });
    await em.flush();
  });

const waiting = ({ tools }: OpenTools): Promise<number> => tools.orm.em.fork().count(EventPending, {});

/** A widget that counts its loads and can be held in one. */
function counting(id: string, part: Parameters<typeof numberWidget>[1] = {}): { widget: Widget; loads: () => number } {
  let loads = 0;
  const widget = numberWidget(id, { load: () => Promise.resolve({ value: (loads += 1) }), ...part });
  return { widget, loads: () => loads };
}

/** A worker as it runs in the product, but for its widgets; until the test is over. */
async function work(opened: OpenTools, ...widgets: Widget[]): Promise<void> {
  const workers = await startWorkers(opened, { widgets: byId(...widgets) });
  onTestFinished(() => workers.stop());
}

test('at start everything is built, and then what an event concerns and nothing else', async ({ opened }) => {
  const [heeds, any, other] = [
    counting('heeds', { refreshOn: ['job.failed'] }),
    counting('any', { refreshOn: ['*'] }),
    counting('other', { refreshOn: ['invitation.sent'] }),
  ];
  await work(opened, heeds.widget, any.widget, other.widget);
  await expect.poll(() => [heeds.loads(), any.loads(), other.loads()]).toEqual([1, 1, 1]);
  await happen(opened);
  await expect.poll(() => [heeds.loads(), any.loads()]).toEqual([2, 2]);
  expect(other.loads()).toBe(1);
});

test('twenty changes while a load runs are one more load', async ({ opened }) => {
  const held = Promise.withResolvers<void>();
  let loads = 0;
  const load = async (): Promise<{ value: number }> => {
    loads += 1;
    if (loads === 2) await held.promise;
    return { value: loads };
  };
  await work(opened, numberWidget('burst', { refreshOn: ['job.failed'], load }));
  await expect.poll(() => loads).toBe(1);
  await happen(opened);
  await expect.poll(() => loads).toBe(2);
  for (let n = 0; n < 20; n += 1) await happen(opened);
  await expect.poll(() => waiting(opened)).toBe(0);
  held.resolve();
  await expect.poll(() => loads).toBe(3);
  const queue = opened.tools.producer.queue('rebuild-widget');
  await expect.poll(() => queue.getJobCountByTypes('waiting', 'active', 'delayed')).toBe(0);
  expect(loads).toBe(3);
});

test('a widget with a cache shows what happens within its time together', async ({ opened }) => {
  const cached = counting('cached', { refreshOn: ['job.failed'], cache: SECOND });
  await work(opened, cached.widget);
  await expect.poll(cached.loads, { timeout: 3 * SECOND }).toBe(1);
  const queue = opened.tools.producer.queue('rebuild-widget');
  for (let n = 0; n < 5; n += 1) await happen(opened);
  await expect.poll(() => waiting(opened)).toBe(0);
  await expect.poll(() => queue.getJobCountByTypes('delayed')).toBe(1);
  await expect.poll(cached.loads, { timeout: 3 * SECOND }).toBe(2);
});

test('a load that failed is tried again when it is asked for, without waiting for its turn', async ({ opened }) => {
  let broken = true;
  let loads = 0;
  const load = (): Promise<{ value: number }> => {
    loads += 1;
    return broken ? Promise.reject(new Error('The source is closed.')) : Promise.resolve({ value: loads });
  };
  await work(opened, numberWidget('flaky', { refreshOn: ['job.failed'], load }));
  await expect.poll(() => opened.tools.producer.queue('rebuild-widget').getJobCountByTypes('delayed')).toBe(1);
  expect(loads).toBe(1);
  broken = false;
  await happen(opened);
  await expect.poll(() => loads).toBe(2);
  await expect.poll(() => opened.tools.producer.queue('rebuild-widget').getJobCountByTypes('delayed', 'waiting', 'active')).toBe(0);
});

test('an event reaches the widgets at once, not at the next look into the table', async ({ opened }) => {
  const { widget, loads } = counting('prompt', { refreshOn: ['job.failed'] });
  await work(opened, widget);
  await expect.poll(loads).toBe(1);
  await expect.poll(() => waiting(opened)).toBe(0);
  for (let n = 2; n < 7; n += 1) {
    await happen(opened);
    await expect.poll(loads, { timeout: SECOND, interval: 5 }).toBe(n);
  }
});

test('when its connections are ended by PostgreSQL, the dispatcher comes back and misses nothing', async ({ opened }) => {
  const { widget, loads } = counting('recovers', { refreshOn: ['job.failed'] });
  await work(opened, widget);
  await expect.poll(loads).toBe(1);
  for (let n = 2; n < 5; n += 1) {
    await opened.tools.orm.em
      .fork()
      .execute(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    await expect
      .poll(() =>
        happen(opened).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(loads, { timeout: 8 * SECOND }).toBe(n);
  }
});

test('three workers at once number each event once', async ({ opened }) => {
  const before = await opened.tools.orm.em.fork().count(EventSeal, {});
  await work(opened);
  await work(opened);
  await work(opened);
  await Promise.all(Array.from({ length: 20 }, () => happen(opened, 30)));
  await expect.poll(() => waiting(opened), { timeout: 10 * SECOND }).toBe(0);
  const seals = await opened.tools.orm.em.fork().find(EventSeal, {}, { orderBy: { seq: 'asc' } });
  expect(seals.length).toBe(before + 600);
  expect(seals.map(({ seq }) => seq)).toEqual(seals.map((_, index) => index + 1));
});
