import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ingest } from '#server/events/ingest.ts';
import type { Actor } from '#server/platform/actor.ts';
import { gatherBefore } from '../broadcasting.ts';
import { type Audience, type Cost, cpuOf, generatorShare } from '../process/audience.ts';
import type { Child } from '../process/child.ts';
import { openDashboards } from '../product/dashboards.ts';
import { grown, type Metrics } from '../product/metrics.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startProduct } from '../product/product.ts';
import { startWorker } from '../product/worker.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';
import { median } from '../verdict.ts';

const VIEWERS = { quick: 100, full: 1000 } as const;
const CHANGES = { quick: 10, full: 30 } as const; // per burst
/** ms between two changes: past the window in which changes are gathered, so that each is sent at once. */
const APART = 60;
/** ms from one change to the next, the time included until everybody has seen it. */
const PERIOD = 100;
const AT_ONCE = 20; // events that are recorded together
/** Smaller audiences, before which the same is counted. */
const FEWER = [1, 100] as const;
const REST = { quick: 2000, full: 4000 } as const; // ms: one beat or two
/** As many tabs as one login session may have open. */
const TABS = 10;
const WIDGET = 'bench-renewals';
const FRAME = 'widgets:refreshed';

/** The organisation's own system, as the product knows it by its key. */
const PROGRAM: Actor = { kind: 'key', id: randomUUID(), name: 'Bench', permissions: new Set(['events.write']), superadmin: false };

/** Posts what makes one widget stale, so many times at once. It is stored as the API stores it, without the API's cost to the server. */
async function post(product: Product, times = 1): Promise<void> {
  const posted = Array.from({ length: times }, () => ({ id: randomUUID(), type: 'domain.renewed', facts: { domain: 'example.com' } }));
  const { stored, refused } = await ingest(product.orm.em.fork(), PROGRAM, posted);
  if (stored !== times) throw new Error(`Only ${stored} of ${times} events were stored: ${JSON.stringify(refused)}`);
}

/** @param everywhere ms from a change until all had it. */
const sampleOf = (cost: Cost, changes: number, everywhere: number): Sample => ({
  generatorShare: generatorShare(cost),
  cpuPerChange: cpuOf(cost) / changes / 1000,
  everywhere,
});

/** Opens dashboards that show the widget, and say so. */
async function gather(product: Product, viewers: number, bench: Bench): Promise<Audience> {
  const cookies = await signInPeople(product.orm, Math.ceil(viewers / TABS) + 1, ['dashboard.view']);
  const audience = await openDashboards(product, { clients: viewers, cookies, inFlight: 100 }, bench);
  await audience.load.ask('show', { widgets: [WIDGET], oneIn: 1 });
  await change(product, audience, 1);
  return audience;
}

/** One change after another, each when everybody has seen the one before. */
async function change(product: Product, audience: Audience, changes: number): Promise<Sample> {
  await audience.load.ask('countWidget', { widget: WIDGET });
  const times: number[] = [];
  const { cost } = await audience.cost(async () => {
    for (let made = 1; made <= changes; made++) {
      await pause(APART);
      const posted = performance.now();
      await post(product);
      await audience.load.ask('refreshed', { times: made });
      times.push(performance.now() - posted);
    }
  });
  return sampleOf(cost, changes, median(times));
}

/** The same bytes to as many sockets as far apart, and nothing else: right after one another each would find its way still in the caches. */
async function prebuilt(audience: Audience, changes: number): Promise<Sample> {
  const { result, cost } = await audience.cost(() => audience.load.ask('pace', { rounds: changes, interval: PERIOD }));
  return sampleOf(cost, changes, result.p50);
}

interface Reading {
  packets: number;
  server: Metrics;
  worker: Metrics;
}

async function read(product: Product, worker: Child, audience: Audience): Promise<Reading> {
  const { value, heard } = await audience.quietly(async () => ({ server: await product.metrics(), worker: await worker.metrics() }));
  return { packets: heard.packets, ...value };
}

function perChange(before: Reading, after: Reading, made: number): Record<string, number> {
  const worked = (name: string, labels?: Record<string, string>) => grown(before.worker, after.worker, name, labels);
  return {
    loads: worked('quarterdeck_widget_loads_total', { widget: WIDGET }) / made,
    publishes: worked('quarterdeck_widget_publishes_total', { widget: WIDGET }) / made,
    encodes: worked('quarterdeck_live_encodes_total') / worked('quarterdeck_live_broadcasts_total'),
    frames: grown(before.server, after.server, 'quarterdeck_live_frames_total') / (after.packets - before.packets),
  };
}

/** What one change costs in pieces of work, before an audience of this size that then goes. */
async function countBefore(viewers: number, product: Product, worker: Child, bench: Bench): Promise<Record<string, number>> {
  await using cleanup = new AsyncDisposableStack();
  const audience = await gather(product, viewers, { ...bench, cleanup });
  const before = await read(product, worker, audience);
  await change(product, audience, CHANGES.quick);
  const counted = perChange(before, await read(product, worker, audience), CHANGES.quick);
  return Object.fromEntries(Object.entries(counted).map(([name, count]) => [`${name}${viewers}`, count]));
}

/** One change while every second page has the widget hidden: how many of those it is sent to all the same. */
async function sentUnseen(product: Product, audience: Audience, viewers: number): Promise<number> {
  const hiding = await audience.load.ask('show', { widgets: [], oneIn: 2 });
  const { value: before } = await audience.quietly(() => product.metrics());
  await audience.load.ask('countWidget', { widget: WIDGET });
  await post(product);
  await audience.load.ask('refreshed', { times: 1, clients: viewers - hiding });
  const { value: after } = await audience.quietly(() => product.metrics());
  const [witness, sent] = [1, grown(before, after, 'quarterdeck_live_deliveries_total')];
  return sent - witness - (viewers - hiding);
}

async function up(bench: Bench): Promise<Stage> {
  const viewers = bench.quick ? VIEWERS.quick : VIEWERS.full;
  const changes = bench.quick ? CHANGES.quick : CHANGES.full;
  const rest = bench.quick ? REST.quick : REST.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  const worker = await startWorker(product, `${import.meta.dirname}/../extensions`, bench);
  const fewer: Record<string, number> = {};
  for (const few of FEWER) Object.assign(fewer, await countBefore(few, product, worker, bench));
  const audience = await gather(product, viewers, bench);

  const bytes = await audience.load.ask('sizeOfLatest', { event: FRAME });
  const floor = await gatherBefore('ws-prebuilt', viewers, bytes, bench);
  await Promise.all([audience.rest(rest), floor.rest(rest)]);

  const before = await read(product, worker, audience);
  let made = 0;
  const burst = (): Promise<Sample> => {
    made += changes;
    return change(product, audience, changes);
  };
  const count = async (): Promise<Record<string, number>> => {
    const between = await read(product, worker, audience);
    await audience.load.ask('countWidget', { widget: WIDGET });
    await post(product, AT_ONCE);
    await audience.load.ask('refreshed', { times: 1 });
    const after = await read(product, worker, audience);
    const loadsAtOnce = grown(between.worker, after.worker, 'quarterdeck_widget_loads_total', { widget: WIDGET });
    const unseen = await sentUnseen(product, audience, viewers);
    return { ...fewer, ...perChange(before, between, made), loadsAtOnce, unseen, bytes };
  };
  return { ours: { name: 'server', burst }, baselines: [{ name: 'ws-prebuilt', burst: () => prebuilt(floor, changes) }], count };
}

const exact = { kind: 'count', goal: '=1', gate: '=1' } as const;
const beside = { kind: 'timed', baseline: 'ws-prebuilt' } as const;
/** The same measures for an audience, whose size stands behind the names of its counts. */
const pieces = (viewers: string, of: string): Measure[] => [
  { ...exact, measure: `loads per change, ${of}`, figure: `loads${viewers}` },
  { ...exact, measure: `publishes per change, ${of}`, figure: `publishes${viewers}` },
  { ...exact, measure: `encodes per broadcast, ${of}`, figure: `encodes${viewers}` },
  { ...exact, measure: `frames per broadcast, ${of}`, figure: `frames${viewers}` },
];
const measures: readonly Measure[] = [
  ...FEWER.flatMap(viewers => pieces(String(viewers), viewers === 1 ? '1 viewer' : `${viewers} viewers`)),
  ...pieces('', `${VIEWERS.full} viewers (quick: ${VIEWERS.quick})`),
  { kind: 'count', measure: `loads for ${AT_ONCE} events at once`, figure: 'loadsAtOnce', goal: '<=2', gate: '<=2' },
  { kind: 'count', measure: 'sent to pages that do not show it', figure: 'unseen', goal: '=0', gate: '=0' },
  { kind: 'count', measure: 'bytes per change and viewer', figure: 'bytes', goal: '–', gate: '–' },
  { ...beside, measure: 'server CPU ms per change', figure: 'cpuPerChange', goal: '<=1.3', gate: '<=1.8' },
  { ...beside, measure: 'recorded until everywhere ms', figure: 'everywhere', goal: '–', gate: '–' },
];

const widgets: Scenario = { name: 'widgets', bound: 180_000, measures, up };
export default widgets;
