import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect } from 'vitest';
import { isWork } from '#jobs/job.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { loadDirectory } from '#server/platform/load-directory.ts';
import { Tally } from '#server/queues/tally.ts';
import { loadWidgets } from '#server/widgets/_load.ts';
import type { LoadTools } from '#server/widgets/_widget.ts';
import automation from '#server/widgets/automation.ts';
import deliveryHealth from '#server/widgets/delivery-health.ts';
import notificationsSent from '#server/widgets/notifications-sent.ts';
import { someone } from '../../support/people.ts';
import { load, test } from './business.ts';

/** A delivery that was due so many seconds ago and ended after so many ms. */
async function delivered(
  em: EntityManager,
  provider: string,
  state: string,
  took: number | null,
  options: { test?: boolean; due?: number } = {},
) {
  const event = randomUUID();
  await em.execute(
    `insert into event (id, type, at, actor_kind, actor_name, facts) values (?, 'custom.x', now(), 'key', 'Shop', '{"title":"x"}')`,
    [event],
  );
  await em.execute(
    `insert into delivery (id, event_id, provider, target, target_key, target_label, about, state, test, due_at, finished_at)
     select gen_random_uuid(), ?, ?, '{}', 'x', 'x', 'x', ?, ?, due, due + ? * interval '1 ms' from (select now() - ? * interval '1 s' as due) moment`,
    [event, provider, state, options.test ?? false, took, options.due ?? 60],
  );
}

test('Delivery health: per provider what was sent, waits and failed, and how long it took', async ({ em }) => {
  expect((await load(deliveryHealth, 'table', em)).rows).toEqual([]);
  const { id } = await someone(em);
  em.create(ProviderActivation, { id: 'slack', settings: {}, secrets: Buffer.alloc(0), activatedBy: id, pausedAt: new Date() });
  await em.flush();
  for (const took of [100, 200, 300]) await delivered(em, 'email', 'sent', took);
  await delivered(em, 'email', 'failed', 50_000);
  await delivered(em, 'email', 'retrying', null, { due: 3 * 86_400 });
  await delivered(em, 'email', 'queued', null);
  await delivered(em, 'email', 'sent', 9000, { test: true });
  await delivered(em, 'email', 'sent', 9000, { due: 2 * 86_400 });
  const { rows } = await load(deliveryHealth, 'table', em);
  expect(rows.map(({ lamp, cells }) => [lamp, ...Object.values(cells)])).toEqual([
    ['warn', 'Email', 3, 1, 1, 1, 200, 290],
    ['bad', 'Slack (paused)', 0, 0, 0, 0, null, null],
  ]);

  const { ranges } = await load(notificationsSent, 'series', em);
  const sent = (range: string) =>
    ranges.find(({ id }) => id === range)?.series.map(({ label, values }) => [label, values.reduce<number>((sum, n) => sum + (n ?? 0), 0)]);
  expect(sent('24h')).toContainEqual(['Email', 3]);
  expect(sent('7d')).toContainEqual(['Email', 4]);
});

test('Automation: what the workers did in the organisation’s day, also those that wrote it down at once', async ({ em }) => {
  expect((await load(automation, 'table', em)).rows).toEqual([]);
  const [one, other] = [new Tally(), new Tally()];
  one.note('rebuild-widget', 20, false);
  one.note('rebuild-widget', 30, true);
  other.note('rebuild-widget', 50.4, false);
  other.note('a-job-of-our-own', 1, false);
  await Promise.all([one.writeDown(em.fork()), other.writeDown(em.fork())]);
  await one.writeDown(em.fork()); // nothing new
  await em.execute(
    `insert into job_tally (quarter, job, runs, failed, busy_ms, last_at) values (now() - interval '2 days', 'deliver', 9, 9, 9, now())`,
  );
  const { rows } = await load(automation, 'table', em);
  expect(rows.map(({ lamp, cells: { job, runs, failed, busy } }) => [lamp, job, runs, failed, busy])).toEqual([
    ['ok', 'a-job-of-our-own', 1, 0, 1],
    ['warn', 'Refreshes widgets', 3, 1, 100],
  ]);
});

test('every job of ours is called by what it is for', async ({ em }) => {
  const folder = path.resolve(import.meta.dirname, '../../../jobs');
  const all = await loadDirectory([folder], { what: 'a job', isEntry: isWork, except: ['index', 'job'] });
  const jobs = [...all.values()].filter(({ kind }) => kind === 'job').map(({ id }) => id);
  const tally = new Tally();
  for (const job of jobs) tally.note(job, 1, false);
  await tally.writeDown(em.fork());
  const { rows } = await load(automation, 'table', em);
  expect(rows.length).toBeGreaterThanOrEqual(jobs.length);
  expect(rows.map(({ cells }) => cells['job']).filter(name => jobs.includes(String(name)))).toEqual([]);
});

test('what a worker did is counted on when it cannot be written down, and is not kept for ever', async ({ em }) => {
  const tally = new Tally();
  tally.note('job-of-a-test', 5, false);
  await em.execute('alter table job_tally rename to away');
  await expect(tally.writeDown(em.fork())).rejects.toThrow();
  await em.execute('alter table away rename to job_tally');
  await em.execute(
    `insert into job_tally (quarter, job, runs, failed, busy_ms, last_at) values (now() - interval '41 days', 'old', 1, 0, 1, now())`,
  );
  tally.note('job-of-a-test', 5, false);
  await tally.writeDown(em.fork());
  expect(await em.execute(`select job, runs, busy_ms::int as busy from job_tally where job in ('job-of-a-test', 'old')`)).toEqual([
    { job: 'job-of-a-test', runs: 2, busy: 10 },
  ]);
});

test('no widget reads all events to show some', async ({ em }) => {
  // with sequential scans forbidden, PostgreSQL makes one only where no index leads to the rows
  const [{ before = -1 } = {}] = await em.execute<{ before: number }[]>(
    `select seq_scan::int as before from pg_stat_user_tables where relname = 'event'`,
  );
  for (const { describe, load } of (await loadWidgets()).values()) {
    if (!load || ['queues', 'needs-attention-jobs', 'system-health'].includes(describe.id)) continue; // these ask Redis and the machine
    await em.fork().transactional(async em => {
      await em.execute('set local enable_seqscan = off');
      await load({ em } as LoadTools); // all that the others use
      await em.execute('select pg_stat_force_next_flush()');
    });
    const [{ after = -1 } = {}] = await em.execute<{ after: number }[]>(
      `select seq_scan::int as after from pg_stat_user_tables where relname = 'event'`,
    );
    expect(after, describe.id).toBe(before);
  }
});
