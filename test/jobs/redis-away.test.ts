import { expect } from 'vitest';
import { startWorkers } from '#jobs/_start.ts';
import { EventPending, EventSeal } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { createLog } from '#server/platform/log.ts';
import { openTools } from '#server/tools.ts';
import { envFor } from '../support/app.ts';
import { byId, numberWidget } from '../support/widgets.ts';
import { test } from '../server/live/own-redis.ts';

test(
  'while Redis is away events are numbered all the same, and what follows from them follows later',
  { timeout: 30_000 },
  async ({ database, store, orm }) => {
    const opened = await openTools(envFor(database, store.url), createLog('silent'), 'http://127.0.0.1');
    const seen: number[] = [];
    const load = async (): Promise<{ value: number }> => {
      const value = await orm.em.fork().count(EventSeal, {});
      seen.push(value);
      return { value };
    };
    const workers = await startWorkers(opened, { widgets: byId(numberWidget('count', { refreshOn: ['job.failed'], load })) });
    await expect.poll(() => seen).toEqual([0]);

    await store.stop();
    await orm.em.fork().transactional(async em => {
      for (let n = 0; n < 3; n += 1) record(em, SYSTEM, 'job.failed', { queue: 'test', job: String(n), reason: 'for a test' });
      await em.flush();
    });
    await expect.poll(() => orm.em.fork().count(EventPending, {}), { timeout: 8000 }).toBe(0);
    expect(seen).toEqual([0]);
    await store.start();
    await expect.poll(() => seen.at(-1), { timeout: 15_000 }).toBe(3);

    await workers.stop();
    await opened.close();
  },
);
