import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ingest } from '#server/events/ingest.ts';
import type { Actor } from '#server/platform/actor.ts';
import { CORE } from '../machine.ts';
import type { Child } from '../process/child.ts';
import { type Product, startProduct } from '../product/product.ts';
import { startWorker } from '../product/worker.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';
import { signInPeople } from '../product/people.ts';

const EVENTS = { quick: 1000, full: 10_000 } as const;
const AT_ONCE = 1000; // events that are recorded together
const LOOK = 50; // ms
const PATIENCE = 120_000; // ms
const PROGRAM: Actor = { kind: 'key', id: randomUUID(), name: 'Bench', permissions: new Set(['events.write']), superadmin: false };

/** Orders of some hundred clients, as a shop posts them that could not reach us for a while. */
async function post({ orm }: Product, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const posted = Array.from({ length: AT_ONCE }, (_, at) => ({
      id: randomUUID(),
      type: 'order.placed',
      facts: { order: String(from + at), client: `Client ${(from + at) % 300}`, total: { amount: 25, currency: 'USD' } },
    }));
    const { stored } = await ingest(orm.em.fork(), PROGRAM, posted);
    if (stored !== AT_ONCE) throw new Error(`Only ${stored} of ${AT_ONCE} events were stored.`);
  }
}

interface Standing {
  waiting: number;
  numbered: number;
  last: number;
  projected: number;
}

async function standingOf({ orm }: Product): Promise<Standing> {
  const [row] = await orm.em.fork().execute<Standing[]>(
    `select (select count(*)::int from event_pending) as waiting, (select count(*)::int from event_seal) as numbered,
            (select coalesce(max(seq), 0)::int from event_seal) as last, (select seq::int from projection_state where id = 1) as projected`,
  );
  if (!row) throw new Error('The database says nothing.');
  return row;
}

/** Waits until `reached`. @returns seconds since `began` */
async function until(product: Product, began: number, reached: (standing: Standing) => boolean): Promise<number> {
  for (const late = began + PATIENCE; performance.now() < late; await pause(LOOK))
    if (reached(await standingOf(product))) return (performance.now() - began) / 1000;
  throw new Error(`The backlog was not worked off: ${JSON.stringify(await standingOf(product))}`);
}

/** Everything waits before a worker is there. */
async function up(bench: Bench): Promise<Stage> {
  const events = bench.quick ? EVENTS.quick : EVENTS.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  await signInPeople(product.orm, 1, ['dashboard.view']);
  let worker: Child | undefined;
  const count = async (): Promise<Record<string, number>> => {
    await post(product, events);
    worker = await startWorker(product, '', bench, CORE.server);
    const began = performance.now();
    const [numbered, projected] = await Promise.all([
      until(product, began, ({ waiting }) => waiting === 0),
      until(product, began, ({ projected, last, waiting }) => waiting === 0 && projected === last),
    ]);
    const standing = await standingOf(product);
    const { user, system } = await worker.cpu();
    return {
      gaps: standing.last - standing.numbered,
      numberedPerSecond: events / numbered,
      projectedPerSecond: events / projected,
      cpu: (user + system) / events / 1000,
      loads: (await worker.metrics()).sum('quarterdeck_widget_loads_total', { widget: 'orders' }),
    };
  };
  return { ours: { name: 'worker', burst: (): Promise<Sample> => Promise.resolve({ generatorShare: 0 }) }, baselines: [], count };
}

const figure = { kind: 'count', goal: '–', gate: '–' } as const;
const measures: readonly Measure[] = [
  { kind: 'count', measure: 'gaps in the numbers', figure: 'gaps', goal: '=0', gate: '=0' },
  { ...figure, measure: 'events numbered and planned a second', figure: 'numberedPerSecond' },
  { ...figure, measure: 'events a second until the figures have them', figure: 'projectedPerSecond' },
  { ...figure, measure: 'worker CPU ms an event, its start included', figure: 'cpu' },
  { ...figure, measure: 'loads of the widget that shows them', figure: 'loads' },
];

const backlog: Scenario = { name: 'backlog', bound: 180_000, measures, up };
export default backlog;
