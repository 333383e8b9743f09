import { expect } from 'vitest';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { whereOf } from '#server/activity/filter.ts';
import { record } from '#server/events/record.ts';
import { type Actor, SYSTEM } from '#server/platform/actor.ts';
import { Session } from '#server/auth/Session.ts';
import { test as base } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { actorOf, browserOf, someone } from '../../support/people.ts';
import { type Work, startWork } from '../../support/settle.ts';

const test = base.extend('work', { scope: 'file' }, async ({ database, redisUrl, owner }, { onCleanup }): Promise<Work> => {
  await owner.call('GET /session'); // set up first
  const work = await startWork(database, redisUrl);
  onCleanup(() => work.stop());
  return work;
});
const ROLE = '0193a000-0000-7000-8000-00000000abcd';

const happens = (orm: MikroORM, act: (em: EntityManager) => unknown): Promise<unknown> =>
  orm.em.fork().transactional(em => Promise.resolve(act(em)));
const reader = async (orm: MikroORM, url: string, ...more: Permission[]) => {
  const em = orm.em.fork();
  return browserOf(em, await someone(em, 'activity.view', ...more), url);
};

test('is narrowed by who, what, where from, which session and when, all at once or one by one', async ({ orm, server, work, owner }) => {
  const em = orm.em.fork();
  const kim = await someone(em, 'roles.view');
  await browserOf(em, kim, server.url);
  const session = await em.findOneOrFail(Session, { admin: kim });
  const actor: Actor = { ...actorOf(kim), address: '203.0.113.7', sessionId: session.id };
  await happens(orm, em => {
    record(em, actor, 'role.added', { roleId: ROLE, role: 'Night shift', permissions: ['queues.view'] });
    record(em, SYSTEM, 'admin.disabled', { adminId: kim.id, name: kim.name, sessions: 1 });
    record(em, SYSTEM, 'job.failed', { queue: 'deliver', job: kim.id.slice(0, 8), reason: 'no answer' });
  });
  await work.settle();
  const of = async (query: object) => (await owner.call('GET /activity', { query })).items.map(({ type }) => type);

  expect(await of({ object: ROLE })).toEqual(['role.added']);
  expect(await of({ object: kim.id }), 'what was done to a person and what they did').toEqual(['admin.disabled', 'role.added']);
  expect(await of({ actor: kim.id })).toEqual(['role.added']);
  expect(await of({ address: '203.0.113.7' })).toEqual(['role.added']);
  expect(await of({ session: session.id })).toEqual(['role.added']);
  expect(await of({ session: session.id, family: 'security' })).toEqual([]);
  expect(await of({ search: 'night SHIFT' })).toEqual(['role.added']);
  expect(await of({ search: '%' })).toEqual([]);
  expect(await of({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  expect(await of({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([]);
  expect(
    await of({ object: ROLE, from: new Date(Date.now() - 60_000).toISOString(), to: new Date(Date.now() + 60_000).toISOString() }),
  ).toEqual(['role.added']);
  for (const query of [{ object: 'me' }, { from: 'yesterday' }, { pageSize: 0 }, { pageSize: 1e9 }, { before: -1 }, { family: 'none' }])
    expect(await owner.codeOf('GET /activity', { query: query as object })).toBe('invalid');
  const [added] = (await owner.call('GET /activity', { query: { object: ROLE } })).items;
  expect(added).toMatchObject({ address: '203.0.113.7', session: session.id, device: 'an unknown device', link: `/roles/${ROLE}` });
});

test('finds a day long ago, and words by their index', async ({ owner, orm, server, work }) => {
  const { key } = await owner.call('POST /api-keys', { body: { name: 'Archive', scopes: ['events.write'] } });
  const placed = (day: number) => ({
    id: `old-${day}`,
    type: 'order.placed',
    at: `2020-01-0${day}T12:00:00Z`,
    facts: { order: `OLD-${day}`, total: { amount: 1, currency: 'USD' } },
  });
  await new Caller(server.url, key).call('POST /events', { body: [1, 2, 3, 4].map(placed) });
  await work.settle();
  const range = { from: '2020-01-02T00:00:00Z', to: '2020-01-04T00:00:00Z' };
  const ordersIn = async (query: object) => (await owner.call('GET /activity', { query })).items.map(({ facts }) => facts['order']);
  expect(await ordersIn(range)).toEqual(['OLD-3', 'OLD-2']);
  expect(await ordersIn({ ...range, search: 'old-3' })).toEqual(['OLD-3']);
  const [first] = (await owner.call('GET /activity', { query: range })).items;
  expect(await ordersIn({ ...range, before: first?.seq })).toEqual(['OLD-2']);

  const { sql, values } = whereOf({ search: 'OLD-3' });
  const plan = await orm.em.fork().transactional(async em => {
    await em.execute('set local enable_seqscan = off');
    return em.execute<object[]>(`explain select s.seq from event_seal s join event e on e.id = s.event_id where ${sql}`, values);
  });
  expect(JSON.stringify(plan)).toContain('event_searched');
});

test('pages backward by number without a gap or a repeat', async ({ owner, orm, work }) => {
  await happens(orm, em => {
    for (let n = 0; n < 25; n += 1) record(em, SYSTEM, 'job.failed', { queue: 'paging', job: String(n), reason: 'for a test' });
  });
  await work.settle();
  const seen: string[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const page: { items: { facts: Record<string, unknown> }[]; next?: string | undefined } = await owner.call('GET /activity', {
      query: { search: 'paging', pageSize: 7, ...(next && { before: Number(next) }) },
    });
    seen.push(...page.items.map(({ facts }) => String(facts['job'])));
    next = page.next;
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => String(24 - n)));
});

test('tells what followed, as far as the reader may see it', async ({ owner, orm, work, server }) => {
  await owner.call('POST /notification-rules', {
    body: {
      name: 'Failed jobs',
      enabled: true,
      events: ['job.failed'],
      match: 'all',
      conditions: [],
      targets: [{ provider: 'email', target: { address: 'ops@northwind.example' } }],
      text: null,
    },
  });
  await owner.call('POST /notification-rules', {
    body: {
      name: 'Only mail',
      enabled: true,
      events: ['job.failed'],
      match: 'all',
      conditions: [{ field: 'queue', operator: 'is', value: 'mail' }],
      targets: [{ provider: 'email', target: { address: 'ops@northwind.example' } }],
      text: null,
    },
  });
  await happens(orm, em => record(em, SYSTEM, 'job.failed', { queue: 'followed', job: '1', reason: 'for a test' }));
  await work.settle();
  const [{ id } = { id: '' }] = (await owner.call('GET /activity', { query: { search: 'followed', type: 'job.failed' } })).items;

  const whole = await owner.call('GET /activity/:id', { params: { id } });
  expect(whole.entry).toMatchObject({ id, title: 'failed a job of followed: for a test' });
  expect(whole.session).toBeNull();
  expect(whole.deliveries).toMatchObject([{ target: 'ops@northwind.example', rule: { name: 'Failed jobs' } }]);
  expect(whole.rules?.map(({ name, matched }) => [name, matched])).toEqual([
    ['Failed jobs', true],
    ['Only mail', false],
  ]);
  expect(whole.rules?.[1]?.because).toMatch(/queue is mail, but queue is followed/);
  expect(whole.widgets.map(({ title }) => title)).toContain('Activity');

  const little = await (await reader(orm, server.url)).call('GET /activity/:id', { params: { id } });
  expect(little).toMatchObject({ deliveries: null, rules: null, widgets: [{ id: 'activity' }] });
  expect(await owner.codeOf('GET /activity/:id', { params: { id: ROLE } })).toBe('not_found');
});

test('is taken home as CSV that spreadsheets cannot be tricked by', async ({ owner, orm, work, server }) => {
  const nasty = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', 'a "quoted", cell', 'two\nlines', 'Åsa ☃'];
  const em = orm.em.fork();
  const actor = actorOf(await someone(em));
  await happens(orm, em => {
    for (const [n, name] of nasty.entries()) record(em, { ...actor, name }, 'job.failed', { queue: 'csv', job: String(n), reason: name });
  });
  await work.settle();
  const response = await owner.fetch('/api/activity.csv?search=%22csv%22');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="activity-\d{4}-\d\d-\d\d\.csv"$/);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  expect(text.startsWith('\uFEFFNumber,At,Who,')).toBe(true);
  const [, ...rows] = parseCsv(text.slice(1));
  expect(rows.map(row => row[2])).toEqual(['Åsa ☃', 'two\nlines', 'a "quoted", cell', "'\tx", "'@SUM(A1)", "'-1", "'+1", "'=1+1"]);
  expect(rows.every(row => row.length === 12)).toBe(true);
  expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);

  const denied = await (await browserOf(em, await someone(em, 'dashboard.view'), server.url)).fetch('/api/activity.csv');
  expect([denied.status, ((await denied.json()) as { missing: { permission: string } }).missing.permission]).toEqual([
    403,
    'activity.view',
  ]);
});

/** RFC 4180 read strictly, by another hand than the one that wrote it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter(row => row.length > 1);
}

test('keeps filters for the person alone', async ({ owner, orm, server }) => {
  const other = await reader(orm, server.url);
  const kept = await owner.call('POST /me/activity-filters', {
    body: { name: 'Refusals', filter: { family: 'security', search: 'denied' } },
  });
  await owner.call('POST /me/activity-filters', { body: { name: 'REFUSALS', filter: { family: 'security' } } });
  expect((await owner.call('GET /me/activity-filters')).items).toEqual([{ id: kept.id, name: 'REFUSALS', filter: { family: 'security' } }]);
  expect((await other.call('GET /me/activity-filters')).items).toEqual([]);
  expect(await other.codeOf('DELETE /me/activity-filters/:id', { params: { id: kept.id } })).toBe('not_found');
  expect(await owner.codeOf('POST /me/activity-filters', { body: { name: 'x', filter: { owner: 'me' } } })).toBe('invalid');
  await owner.call('DELETE /me/activity-filters/:id', { params: { id: kept.id } });
  expect((await owner.call('GET /me/activity-filters')).items).toEqual([]);
  const codes = await Promise.all(
    Array.from({ length: 31 }, (_, n) => other.codeOf('POST /me/activity-filters', { body: { name: `f${n}`, filter: {} } })),
  );
  expect(
    codes.filter(code => code !== 'ok'),
    'the thirty-first, though all came at once',
  ).toEqual(['invalid']);
});
