import { expect } from 'vitest';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { heardIn } from '#contract/languages.ts';
import { widgetSnapshot } from '#contract/widgets.ts';
import { readSnapshots } from '#server/dashboard/snapshot-store.ts';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { live, widgets as counters } from '#server/platform/metrics.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import { rebuild } from '#server/widgets/_rebuild.ts';
import { type Widget, widget } from '#server/widgets/_widget.ts';
import { envFor } from '../../support/app.ts';
import { numberWidget } from '../../support/widgets.ts';
import { test as world } from '../../support/world.ts';

const test = world.extend('opened', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<OpenTools> => {
  const opened = await openTools(envFor(database, redisUrl), createLog('silent'), 'http://127.0.0.1');
  onCleanup(() => opened.close());
  return opened;
});

const run = ({ tools }: OpenTools, widget: Widget, budget?: number): Promise<boolean> =>
  rebuild(widget, { ...tools, em: tools.orm.em.fork(), signal: new AbortController().signal }, budget);

async function stored({ tools }: OpenTools, { id }: Widget): Promise<WidgetSnapshot> {
  const found = await readSnapshots(tools.redis, [id]);
  return heardIn('en', widgetSnapshot.parse(JSON.parse(found.get(id)?.text ?? 'null')));
}

const told = async ({ tools }: OpenTools, id: string): Promise<string[]> =>
  (await tools.orm.em.fork().find(Event, { facts: { widgetId: id } }, { orderBy: { id: 'asc' } })).map(({ type }) => type);

const count = async (counter: typeof counters.loads | typeof live.encodes, widget?: string): Promise<number> =>
  (await counter.get()).values
    .filter(({ labels }) => widget === undefined || ('widget' in labels && labels.widget === widget))
    .reduce((sum, { value }) => sum + value, 0);

test('one change is one load, one encoded packet and one message', async ({ opened }) => {
  const widget = numberWidget('once');
  const encodes = await count(live.encodes);
  await run(opened, widget);
  await opened.tools.broadcast.flush();
  expect([await count(counters.loads, 'once'), await count(counters.publishes, 'once'), (await count(live.encodes)) - encodes]).toEqual([
    1, 1, 1,
  ]);
});

test('each build has a greater version, also when several fall into one millisecond', async ({ opened }) => {
  const widget = numberWidget('versions');
  const versions: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    await run(opened, widget);
    versions.push((await stored(opened, widget)).version);
  }
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});

test('a slow load does not replace the figures of one that began after it', async ({ opened }) => {
  const [slow, quick] = [Promise.withResolvers<{ value: number }>(), Promise.withResolvers<void>()];
  const late = run(opened, numberWidget('overtaken', { load: () => (quick.resolve(), slow.promise) }));
  await quick.promise;
  const newer = numberWidget('overtaken', { load: () => Promise.resolve({ value: 2 }) });
  await expect.poll(async () => (await run(opened, newer), (await stored(opened, newer)).data)).toEqual({ value: 2 });
  const before = await stored(opened, newer);
  slow.resolve({ value: 1 });
  await late;
  expect(await stored(opened, newer)).toEqual(before);
});

test('a load that fails keeps the last good figures, says why and since when, and is told of once', async ({ opened }) => {
  let broken = false;
  const widget = numberWidget('failing', {
    load: () => (broken ? Promise.reject(new Error('The source is closed.')) : Promise.resolve({ value: 7 })),
  });
  await run(opened, widget);
  const good = await stored(opened, widget);
  broken = true;
  expect(await run(opened, widget)).toBe(false);
  const first = await stored(opened, widget);
  expect(first).toMatchObject({ data: { value: 7 }, builtAt: good.builtAt, failure: { reason: 'The source is closed.' } });
  expect(first.version).toBeGreaterThan(good.version);
  await run(opened, widget);
  const second = await stored(opened, widget);
  expect(second.failure?.since).toBe(first.failure?.since);
  expect(second.failure?.at).toBeGreaterThanOrEqual(first.failure?.at ?? Infinity);
  expect(await told(opened, 'failing')).toEqual(['widget.failing']);
  broken = false;
  await run(opened, widget);
  expect(await stored(opened, widget)).not.toHaveProperty('failure');
  expect(await told(opened, 'failing')).toEqual(['widget.failing', 'widget.recovered']);
});

test('a load that never ends is given up after its time', async ({ opened }) => {
  let signal: AbortSignal | undefined;
  const widget = numberWidget('hung', {
    load: tools => {
      signal = tools.signal;
      return new Promise(() => undefined);
    },
  });
  expect(await run(opened, widget, 50)).toBe(false);
  expect((await stored(opened, widget)).failure?.reason).toBe('Loading took longer than 0.05 s and was given up.');
  expect(signal?.aborted).toBe(true);
});

test.for([
  ['do not fit the view', { value: [] }, /do not fit/],
  ['hold too long a text', { value: 1, note: 'x'.repeat(301) }, /do not fit/],
] as const)('figures that %s are refused, and nothing is made up in their place', async ([, data, reason], { opened }) => {
  const widget = numberWidget('misfit', { load: () => Promise.resolve(data) });
  expect(await run(opened, widget)).toBe(false);
  const snapshot = await stored(opened, widget);
  expect(snapshot.failure?.reason).toMatch(reason);
  expect(snapshot).not.toHaveProperty('data');
});

test('a failing query is shown without its SQL', async ({ opened }) => {
  const widget = numberWidget('sql', { load: ({ em }) => em.execute('select secret from nowhere') });
  await run(opened, widget);
  expect((await stored(opened, widget)).failure?.reason).toBe('The database could not be asked.');
});

test('figures that did not change are sent again only after the time the widget names', async ({ opened }) => {
  let value = 1;
  const widget = numberWidget('calm', { resend: 60_000, load: () => Promise.resolve({ value }) });
  await run(opened, widget);
  const { version } = await stored(opened, widget);
  await run(opened, widget);
  expect((await stored(opened, widget)).version).toBe(version);
  value = 2;
  await run(opened, widget);
  expect(await stored(opened, widget)).toMatchObject({ data: { value: 2 } });
  expect(await count(counters.publishes, 'calm')).toBe(2);
  const restless = { ...widget, resend: 0 };
  await run(opened, restless);
  expect(await count(counters.publishes, 'calm')).toBe(3);
});

test('a widget that replaces one of another view shows nothing of that one’s figures', async ({ opened }) => {
  await run(opened, numberWidget('replaced'));
  const other = widget({
    id: 'replaced',
    title: 'Other',
    view: 'text',
    needs: 'dashboard.view',
    every: 1000,
    load: () => Promise.reject(new Error('Not yet.')),
  });
  await run(opened, other);
  const snapshot = await stored(opened, other);
  expect(snapshot).toMatchObject({ view: 'text', failure: { reason: 'Not yet.' } });
  expect(snapshot).not.toHaveProperty('data');
  expect(snapshot).not.toHaveProperty('builtAt');
});
