import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { z } from 'zod';
import { type WidgetSnapshot, widgetSnapshot } from '#contract/widgets.ts';
import { heardIn } from '#contract/languages.ts';
import { readSnapshots } from '#server/dashboard/snapshot-store.ts';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { openTools } from '#server/tools.ts';
import { rebuild } from '#server/widgets/_rebuild.ts';
import { envFor } from '../../support/app.ts';
import { ExtensionsFolder, widgetFile } from '../../support/extensions.ts';
import { furnish } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

/** A host on this machine that answers as long as it is not told to fail. */
const test = world
  .extend('host', { scope: 'file' }, async ({}, { onCleanup }) => {
    const host = { status: 200, url: '', allowed: '' };
    const server = createServer((_, response) =>
      response.writeHead(host.status, { 'content-type': 'application/json' }).end('{"rate":11.5}'),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onCleanup(() => void server.close());
    host.allowed = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    host.url = `http://${host.allowed}/`;
    return host;
  })
  .extend('build', { scope: 'file' }, async ({ database, redisUrl, host }, { onCleanup }) => {
    const lines: string[] = [];
    const log = createLog('info', { write: line => void lines.push(line) });
    const opened = await openTools(envFor(database, redisUrl, { ALLOWED_PRIVATE_HOSTS: host.allowed }), log, 'http://127.0.0.1');
    onCleanup(() => opened.close());
    const { tools } = opened;
    await furnish(tools.orm.em.fork());
    /** Loads one once, and reads what everybody would be shown. */
    return async (widgets: ExtensionsFolder | Awaited<ReturnType<ExtensionsFolder['open']>>, id: string, budget?: number) => {
      const { widgets: all } = widgets instanceof ExtensionsFolder ? await widgets.open() : widgets;
      const widget = all.get(id);
      if (!widget) throw new Error(`there is no ${id}`);
      lines.length = 0;
      await rebuild(widget, { ...tools, em: tools.orm.em.fork(), signal: new AbortController().signal }, budget);
      const found = await readSnapshots(tools.redis, [id]);
      const snapshot: WidgetSnapshot = heardIn('en', widgetSnapshot.parse(JSON.parse(found.get(id)?.text ?? 'null')));
      return { snapshot, lines: [...lines] };
    };
  });

test('one that reads the database gets rows, and cannot change any', async ({ build, orm }) => {
  const folder = await ExtensionsFolder.with({
    'roles.ts': widgetFile(
      'roles',
      `async ({ query }) => ({ value: (await query<{ n: number }>('select count(*)::int as n from role where name <> ?;', ['x']))[0]!.n })`,
    ),
    'eraser.ts': widgetFile(
      'eraser',
      `async ({ query }) => ({ value: (await query('with gone as (delete from role returning 1) select * from gone')).length })`,
    ),
    'typo.ts': widgetFile('typo', `async ({ query }) => ({ value: (await query('select nothing from role')).length })`),
    'greedy.ts': widgetFile('greedy', `async ({ query }) => ({ value: (await query('select generate_series(1, 20000)')).length })`),
  });
  expect((await build(folder, 'roles')).snapshot.data).toEqual({ value: 3 });
  expect((await build(folder, 'eraser')).snapshot.failure?.reason).toMatch(/^The query failed: .*DELETE|must be at the top level/);
  expect((await build(folder, 'typo')).snapshot.failure?.reason).toBe('The query failed: column "nothing" does not exist');
  expect((await build(folder, 'greedy')).snapshot.failure?.reason).toMatch(/more than 10000 rows/);
  expect(await orm.em.fork().execute('select count(*)::int as n from role')).toEqual([{ n: 3 }]);
});

test('one whose source dies keeps its last figures, dated and with the reason, and recovers', async ({ build, host, orm }) => {
  const folder = await ExtensionsFolder.with({
    'rate.ts': widgetFile(
      'rate',
      `async ({ fetch }) => { const answer = await fetch('${host.url}'); if (!answer.ok) throw new Error('The bank answers ' + answer.status + '.'); return { value: (await answer.json()).rate }; }`,
    ),
    'elsewhere.ts': widgetFile('elsewhere', `async ({ fetch }) => ({ value: (await fetch('https://127.0.0.1:5432/')).status })`),
  });
  const extensions = await folder.open();
  expect((await build(extensions, 'rate')).snapshot.data).toEqual({ value: 11.5 });
  host.status = 500;
  const failing = await build(extensions, 'rate');
  expect(failing.snapshot).toMatchObject({ data: { value: 11.5 }, failure: { reason: 'The bank answers 500.' } });
  expect(failing.lines).toHaveLength(1);
  expect((await build(extensions, 'rate')).lines).toEqual([]); // no flood
  host.status = 200;
  expect((await build(extensions, 'rate')).snapshot).not.toHaveProperty('failure');
  const told = await orm.em.fork().find(Event, { facts: { widgetId: 'rate' } }, { orderBy: { id: 'asc' } });
  expect(told.map(({ type }) => type)).toEqual(['widget.failing', 'widget.recovered']);
  expect((await build(extensions, 'elsewhere')).snapshot.failure?.reason).toMatch(/ALLOWED_PRIVATE_HOSTS/);
});

test.for([
  ['throws', `() => { throw new Error('No.'); }`, /^No\.$/],
  ['has a slip', `() => nothing`, /nothing is not defined \(line 3\)/],
  ['never ends', `() => new Promise(() => undefined)`, /longer than 1 s/],
  ['loops', `() => { for (;;); }`, /longer than 1 s/],
  ['is huge', `() => ({ value: 'x'.repeat(300_000) })`, /larger than 256 KiB/],
  ['is of another shape', `() => ({ valeu: 1 })`, /do not fit/],
  ['answers nothing', `() => undefined`, /do not fit/],
  ['fills the memory', `() => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); }`, /memory/],
  ['ends its process', `() => process.exit(3)`, /Its thread ended with 3/],
] as const)('one that %s hurts only itself', async ([what, load, reason], { build }) => {
  const id = `bad-${what.replaceAll(' ', '-')}`;
  const folder = await ExtensionsFolder.with({ [`${id}.ts`]: widgetFile(id, load), 'good.ts': widgetFile('good', `() => ({ value: 1 })`) });
  const extensions = await folder.open();
  const { snapshot, lines } = await build(extensions, id, /never|loops/.test(what) ? 1000 : 10_000);
  expect(snapshot.failure?.reason).toMatch(reason);
  expect(snapshot).not.toHaveProperty('data');
  expect(lines).toHaveLength(1);
  expect((await build(extensions, 'good')).snapshot.data).toEqual({ value: 1 });
});

test('it has no key, no address of a store and no environment', async ({ build }) => {
  const folder = await ExtensionsFolder.with({ 'spy.ts': widgetFile('spy', `() => ({ value: Object.keys(process.env).length })`) });
  expect(z.object({ value: z.literal(0) }).safeParse((await build(folder, 'spy')).snapshot.data).success).toBe(true);
});
