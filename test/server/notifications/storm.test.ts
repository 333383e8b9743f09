import { io } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import type { ActivityEntry } from '#contract/activity.ts';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { startWorkers } from '#jobs/_start.ts';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';
import { openTools } from '#server/tools.ts';
import { envFor } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';
import { activateSlack, someRule, test } from './house.ts';

const [EVENTS, AT_ONCE] = [500, 50];
const SLOW = { timeout: 20_000 };

test('five hundred matching events come to the cap and one summary, while dashboards are told of everything', async ({
  database,
  redisUrl,
  orm,
  owner,
  tools,
  slack,
  environment,
}) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const rule = await someRule(em, owner, {
    events: ['domain.renewed'],
    pacing: { quiet: null, digest: null, throttle: { most: 5, minutes: 10 } },
  });
  const env = envFor(database, redisUrl, environment);
  const server = await startServer({ env, log: createLog('silent'), client: 'none' });
  onTestFinished(() => server.stop());
  const opened = await openTools(env, createLog('silent'), server.url);
  onTestFinished(() => opened.close());
  const workers = await startWorkers(opened);
  onTestFinished(() => workers.stop());

  const maker = await browserOf(em, await someone(em, 'dashboard.view', 'activity.view', 'deliveries.view', 'events.write'), server.url);
  const socket = io(server.url, {
    transports: ['websocket'],
    extraHeaders: { origin: server.url, cookie: `quarterdeck=${maker.cookies.get('quarterdeck') ?? ''}` },
  });
  onTestFinished(() => void socket.disconnect());
  const seen = new Map<string, number>();
  const rebuilt: number[] = [];
  socket.on('activity:added', (entries: ActivityEntry[]) => {
    for (const { facts } of entries) if (typeof facts['domain'] === 'string') seen.set(facts['domain'], Date.now());
  });
  socket.on('widgets:refreshed', (snapshots: WidgetSnapshot[]) => {
    if (snapshots.some(({ id }) => id === 'activity')) rebuilt.push(Date.now());
  });
  await expect.poll(() => socket.connected, SLOW).toBe(true);

  const sent = new Map<string, number>();
  for (let from = 0; from < EVENTS; from += AT_ONCE) {
    const domains = Array.from({ length: AT_ONCE }, (_, n) => `site-${from + n}.example`);
    await maker.call('POST /events', {
      body: domains.map(domain => ({ id: domain, type: 'domain.renewed', facts: { domain, years: 1 } })),
    });
    for (const domain of domains) sent.set(domain, Date.now());
  }
  await expect.poll(() => seen.size, SLOW).toBe(EVENTS);
  // the link told of each within seconds of its being posted, and the widget was rebuilt meanwhile
  const delays = [...sent].map(([domain, at]) => (seen.get(domain) ?? Infinity) - at);
  expect(Math.max(...delays)).toBeLessThan(5000);
  await expect.poll(() => rebuilt.length, SLOW).toBeGreaterThan(0);

  await expect.poll(() => slack.posts.length, SLOW).toBe(5);
  const log = await maker.call('GET /deliveries', { query: { rule: rule.id, state: 'queued' } });
  expect(log.items).toMatchObject([{ collects: 'summary' }]);
  expect((await maker.call('GET /deliveries', { query: { rule: rule.id, state: 'suppressed' } })).total).toBe(EVENTS - 5);
  await em.execute(`update delivery set next_try_at = now(), created_at = now() - interval '1 minute' where id = ?`, [
    log.items[0]?.id ?? '',
  ]);
  await expect.poll(() => slack.posts.at(-1)?.text, SLOW).toContain(`${EVENTS - 5} messages held: more than 5 in 10 min`);
  expect(slack.posts).toHaveLength(6);
});
