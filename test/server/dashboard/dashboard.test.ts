import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { PASSWORD, test as app } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { type Work, startWork } from '../../support/settle.ts';

const test = app.extend('work', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<Work> => {
  const work = await startWork(database, redisUrl);
  onCleanup(() => work.stop());
  return work;
});

const get = (caller: Caller, etag?: string): Promise<Response> =>
  caller.fetch('/api/dashboard', { headers: etag === undefined ? {} : { 'if-none-match': etag } });

test('a widget that was never built says so, and is built for whoever asked', async ({ owner, work }) => {
  const before = await owner.call('GET /dashboard');
  expect(before.snapshots.map(({ id, version, data }) => [id, version, data])).toContainEqual(['invitations', 0, undefined]);
  await work.settle();
  const after = await owner.call('GET /dashboard');
  expect(after.widgets.map(({ id }) => id)).toEqual(['staff-online', 'overview', 'invitations', 'activity', 'queues', 'system-health']);
  expect(after.snapshots.map(({ id }) => id)).toEqual(['overview', 'invitations', 'activity', 'queues', 'system-health']);
  for (const snapshot of after.snapshots) {
    expect(snapshot.version, snapshot.id).toBeGreaterThan(0);
    expect(snapshot, snapshot.id).not.toHaveProperty('failure');
  }
});
