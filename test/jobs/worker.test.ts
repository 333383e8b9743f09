import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { type Work, startWork } from '../support/settle.ts';
import { byId, numberWidget } from '../support/widgets.ts';
import { test as world } from '../support/world.ts';

const test = world.extend('work', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<Work> => {
  const work = await startWork(database, redisUrl, { widgets: byId(numberWidget('one')) });
  onCleanup(() => work.stop());
  return work;
});

const failures = async ({ tools }: Work): Promise<unknown[]> =>
  (await tools.orm.em.fork().find(Event, { type: 'job.failed' })).map(({ facts }) => facts);

test('a job with a payload of another kind fails once, is written down, and holds up no other', async ({ work, redis }) => {
  await work.tools.producer.add('rebuild-widget', { widget: ['one'] });
  await work.tools.producer.add('rebuild-widget', { widgetId: 'one' }, { key: 'one' });
  await expect.poll(() => failures(work)).toHaveLength(1);
  expect(await failures(work)).toMatchObject([{ queue: 'rebuild-widget', reason: expect.stringContaining('widgetId') as string }]);
  await work.settle();
  expect(await redis.hGet('quarterdeck:widget:one', 'data')).toBe('{"value":1}');
  expect(await failures(work)).toHaveLength(1);
});

test('a widget of another version of this program is passed over', async ({ work }) => {
  const before = (await failures(work)).length;
  await work.tools.producer.add('rebuild-widget', { widgetId: 'of-tomorrow' });
  await work.settle();
  expect(await failures(work)).toHaveLength(before);
});
