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
const AT_ONCE = 20; // events that are recorded together
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

/** One change after another, each when everybody has seen the one before. */
async function change(product: Product, audience: Audience, changes: number): Promise<Sample> {
  await audience.load.ask('watchWidget', { widget: WIDGET });
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

/** The same bytes to as many sockets, and nothing else. */
async function prebuilt(audience: Audience, changes: number): Promise<Sample> {
  const { result, cost } = await audience.cost(() => audience.load.ask('saturate', { rounds: changes, inFlight: 1 }));
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

async function up(bench: Bench): Promise<Stage> {
  const viewers = bench.quick ? VIEWERS.quick : VIEWERS.full;
  const changes = bench.quick ? CHANGES.quick : CHANGES.full;
  const rest = bench.quick ? REST.quick : REST.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  const worker = await startWorker(product, `${import.meta.dirname}/../extensions`, bench);
  const cookies = await signInPeople(product.orm, Math.ceil(viewers / TABS) + 1, ['dashboard.view']);
  const audience = await openDashboards(product, { clients: viewers, cookies, inFlight: 100 }, bench);
  await change(product, audience, 1);

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
    await audience.load.ask('watchWidget', { widget: WIDGET });
    await post(product, AT_ONCE);
    await audience.load.ask('refreshed', { times: 1 });
    const after = await read(product, worker, audience);
    const loadsAtOnce = grown(between.worker, after.worker, 'quarterdeck_widget_loads_total', { widget: WIDGET });
    return { ...perChange(before, between, made), loadsAtOnce, bytes };
  };
  return { ours: { name: 'server', burst }, baselines: [{ name: 'ws-prebuilt', burst: () => prebuilt(floor, changes) }], count };
}

const exact = { kind: 'count', goal: '=1', gate: '=1' } as const;
const beside = { kind: 'timed', baseline: 'ws-prebuilt' } as const;
const measures: readonly Measure[] = [
  { ...exact, measure: 'loads per change', figure: 'loads' },
  { ...exact, measure: 'publishes per change', figure: 'publishes' },
  { ...exact, measure: 'encodes per broadcast', figure: 'encodes' },
  { ...exact, measure: 'frames per broadcast', figure: 'frames' },
  { kind: 'count', measure: `loads for ${AT_ONCE} events at once`, figure: 'loadsAtOnce', goal: '<=2', gate: '<=2' },
  { kind: 'count', measure: 'bytes per change and viewer', figure: 'bytes', goal: '–', gate: '–' },
  { ...beside, measure: 'server CPU ms per change', figure: 'cpuPerChange', goal: '<=1.3', gate: '<=1.8' },
  { ...beside, measure: 'recorded until everywhere ms', figure: 'everywhere', goal: '–', gate: '–' },
];

const widgets: Scenario = { name: 'widgets', bound: 180_000, measures, up };
export default widgets;
