import { expect } from 'vitest';
import type { Permission } from '#contract/permissions.ts';
import { record } from '#server/events/record.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { widgets as counters } from '#server/platform/metrics.ts';
import { test as app } from '../../support/app.ts';
import type { Caller } from '../../support/caller.ts';
import { browserOf, someone } from '../../support/people.ts';
import { type Work, startWork } from '../../support/settle.ts';

const test = app
  /** As it is before any worker is there, which may begin as soon as it was asked for. */
  .extend('first', { scope: 'file' }, ({ owner }) => owner.call('GET /dashboard'))
  .extend('work', { scope: 'file' }, async ({ database, redisUrl, first }, { onCleanup }): Promise<Work> => {
    void first; // the server is there, and its database has its first rows
    const work = await startWork(database, redisUrl);
    onCleanup(() => work.stop());
    return work;
  })
  .extend('browser', ({ orm, server }) => async (...permissions: Permission[]): Promise<Caller> => {
    const em = orm.em.fork();
    return browserOf(em, await someone(em, ...permissions), server.url);
  });

const get = (caller: Caller, etag?: string): Promise<Response> =>
  caller.fetch('/api/dashboard', { headers: etag === undefined ? {} : { 'if-none-match': etag } });

const happen = ({ tools }: Work): Promise<unknown> =>
  tools.orm.em.fork().transactional(async em => {
    record(em, SYSTEM, 'job.failed', { queue: 'test', job: '1', reason: 'for a test' });
    await em.flush();
  });

const versionOf = async (caller: Caller, id: string): Promise<number> => {
  const { snapshots } = await caller.call('GET /dashboard');
  return snapshots.find(snapshot => snapshot.id === id)?.version ?? -1;
};

const loads = async (): Promise<number> => (await counters.loads.get()).values.reduce((sum, { value }) => sum + value, 0);

test('a widget that was never built says so, and is built for whoever asked', async ({ owner, first, work }) => {
  expect(first.snapshots.map(({ id, version, data }) => [id, version, data])).toContainEqual(['invitations', 0, undefined]);
  await work.settle();
  const after = await owner.call('GET /dashboard');
  const business = ['overview', 'billing', 'income', 'orders', 'support', 'tickets', 'client-activity'];
  const machine = ['sign-ins', 'notifications-sent', 'delivery-health', 'automation', 'network-status'];
  const loaded = [...business, ...machine, 'invitations', 'activity', 'system-health', 'queues'];
  const parts = ['asks', 'deliveries', 'invitations', 'jobs', 'keys', 'providers', 'second-factors'].map(part => `needs-attention-${part}`);
  expect(after.widgets.map(({ id }) => id).toSorted()).toEqual(
    ['staff-online', 'needs-attention', 'needs-attention-todos', 'todos', 'my-notes', ...loaded, ...parts].toSorted(),
  );
  expect(after.snapshots.map(({ id }) => id).toSorted()).toEqual([...loaded, ...parts].toSorted());
  for (const snapshot of after.snapshots) {
    expect(snapshot.version, snapshot.id).toBeGreaterThan(0);
    expect(snapshot, snapshot.id).not.toHaveProperty('failure');
  }
});

test('people see the widgets of their rights, and nothing of the others', async ({ browser, work }) => {
  await work.settle();
  const sales = await (await browser('dashboard.view', 'presence.view', 'overview.view')).call('GET /dashboard');
  expect([sales.widgets.map(({ id }) => id), sales.snapshots.map(({ id }) => id)]).toEqual([
    ['staff-online', 'needs-attention', 'overview', 'todos', 'my-notes', 'needs-attention-todos'],
    ['overview'],
  ]);
  expect(sales.roster).toBeDefined();
  const auditor = await (await browser('dashboard.view', 'activity.view')).call('GET /dashboard');
  const audited = ['sign-ins', 'activity'];
  expect([auditor.widgets.map(({ id }) => id), auditor.snapshots.map(({ id }) => id)]).toEqual([
    ['needs-attention', 'todos', ...audited, 'my-notes', 'needs-attention-todos'],
    audited,
  ]);
  expect(auditor).not.toHaveProperty('roster');
  expect(await (await browser('presence.view')).codeOf('GET /dashboard')).toBe('forbidden');
});

test('what not everybody may see of a widget travels apart, and only such parts as somebody may see are made anew for them', async ({
  browser,
  work,
}) => {
  await work.settle();
  const replayer = await browser('dashboard.view', 'deliveries.replay');
  const view = await replayer.call('GET /dashboard');
  expect(view.widgets.map(({ id, partOf }) => [id, partOf])).toEqual([
    ['needs-attention', undefined],
    ['todos', undefined],
    ['notifications-sent', undefined],
    ['delivery-health', undefined],
    ['my-notes', undefined],
    ['needs-attention-deliveries', 'needs-attention'],
    ['needs-attention-todos', 'needs-attention'],
  ]);
  expect(view.snapshots.map(({ id }) => id)).toEqual(['notifications-sent', 'delivery-health', 'needs-attention-deliveries']);
  expect(await replayer.call('POST /widgets/:id/refresh', { params: { id: 'needs-attention' } })).toEqual({
    widgets: ['needs-attention-deliveries'],
  });
  const bystander = await browser('dashboard.view', 'activity.view');
  expect(await bystander.call('POST /widgets/:id/refresh', { params: { id: 'needs-attention' } })).toEqual({ widgets: [] });
  expect(await bystander.codeOf('POST /widgets/:id/refresh', { params: { id: 'queues' } })).toBe('not_found');
});

test('opening dashboards loads nothing, and what did not change is not sent again', async ({ browser, work }) => {
  const [one, other] = [await browser('dashboard.view', 'activity.view'), await browser('dashboard.view', 'activity.view')];
  await happen(work);
  await work.settle();
  const before = await loads();
  await expect.poll(async () => (await get(one, (await get(one)).headers.get('etag') ?? '')).status).toBe(304);
  const first = await get(one);
  const etag = first.headers.get('etag') ?? '';
  const again = await get(one, etag);
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await get(other)).headers.get('etag')).toBe(etag);
  expect(await loads()).toBe(before);

  await happen(work);
  await work.settle();
  await expect.poll(async () => (await get(one, etag)).status).toBe(200);
  expect((await get(one)).headers.get('etag')).not.toBe(etag);
});

test('a refresh goes through the worker and reaches others too', async ({ browser, work }) => {
  await work.settle();
  const [asking, watching] = [
    await browser('dashboard.view', 'admins.view', 'activity.view'),
    await browser('dashboard.view', 'admins.view'),
  ];
  const before = await versionOf(watching, 'invitations');
  const activity = await versionOf(asking, 'activity');
  expect(await asking.call('POST /widgets/:id/refresh', { params: { id: 'invitations' } })).toEqual({ widgets: ['invitations'] });
  await work.settle();
  await expect.poll(() => versionOf(watching, 'invitations')).toBeGreaterThan(before);
  expect(await versionOf(asking, 'activity')).toBe(activity);

  expect(await asking.call('POST /widgets/refresh')).toEqual({ widgets: ['invitations', 'sign-ins', 'activity'] });
  await work.settle();
  await expect.poll(() => versionOf(asking, 'activity')).toBeGreaterThan(activity);
});

test('a widget that somebody may not see cannot be told from one that does not exist', async ({ browser }) => {
  const caller = await browser('dashboard.view');
  const answers = await Promise.all(
    ['overview', 'no-such-widget'].map(id =>
      caller
        .fetch(`/api/widgets/${id}/refresh`, { method: 'POST' })
        .then(async response => ({ ...((await response.json()) as object), requestId: '' })),
    ),
  );
  expect(answers[0]).toMatchObject({ code: 'not_found' });
  expect(answers[0]).toEqual(answers[1]);
});
