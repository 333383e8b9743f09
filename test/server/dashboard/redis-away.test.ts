import { createClient } from 'redis';
import { expect, onTestFinished } from 'vitest';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';
import { envFor } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';
import { test } from '../live/own-redis.ts';

test('while Redis is away dashboards show what is known, and a refresh says that it cannot be had', async ({ database, orm, store }) => {
  const server = await startServer({ env: envFor(database, store.url), log: createLog('silent'), client: 'none' });
  onTestFinished(() => server.stop());
  const em = orm.em.fork();
  const browser = await browserOf(em, await someone(em, 'dashboard.view', 'admins.view'), server.url);
  const widget = { id: 'invitations', view: 'stats', version: 5, builtAt: 4, data: { groups: [] } };
  const redis = createClient({ socket: { path: store.url.slice('unix:'.length), tls: false } });
  await redis.connect();
  await redis.hSet('quarterdeck:widget:invitations', { version: '5', text: JSON.stringify(widget) });
  redis.destroy();
  expect((await browser.call('GET /dashboard')).snapshots).toEqual([widget]);
  await store.stop();
  expect((await browser.call('GET /dashboard')).snapshots).toEqual([widget]);
  expect(await browser.codeOf('POST /widgets/refresh')).toBe('unavailable');
  await store.start();
  await expect.poll(() => browser.codeOf('POST /widgets/refresh'), { timeout: 8000 }).toBe('ok');
});
