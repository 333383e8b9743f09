import { setTimeout as pause } from 'node:timers/promises';
import { type RosterSnapshot, rosterSnapshot } from '#contract/presence.ts';
import { TIMING } from '#server/presence/timing.ts';
import type { Holding } from '../load/holding.ts';
import { type Audience, cpuOf, generatorShare } from '../process/audience.ts';
import type { Memory } from '../probe.ts';
import { openDashboards } from '../product/dashboards.ts';
import { grown } from '../product/metrics.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startProduct } from '../product/product.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';
import { anotherRedis } from '../stores.ts';

const PEOPLE = { quick: 100, full: 1000 } as const;
/** How often everybody drops and returns, before memory is read a second time. */
const STORMS = { quick: 4, full: 20 } as const;
const IN_FLIGHT = 200;
const WITHOUT_PRESENCE = `${import.meta.dirname}/../product/without-presence.ts`;
/** Whoever is back within this was never gone, in ms. */
const GRACE = TIMING.grace;
const PATIENCE = 20_000;
const NOTHING_HELD: Holding = { epoch: '', version: 0 };

interface Crowd {
  audience: Audience;
  /** What the server says of who is online; nothing where presence is off. */
  roster?: () => Promise<RosterSnapshot>;
}

const rosterOf = async (product: Product, cookie: string): Promise<RosterSnapshot> =>
  rosterSnapshot.parse(await product.get('/presence', cookie));

async function gather(product: Product, people: number, bench: Bench): Promise<{ audience: Audience; cookie: string }> {
  const cookies = await signInPeople(product.orm, people + 1, ['dashboard.view', 'presence.view']);
  const audience = await openDashboards(product, { clients: people, cookies, inFlight: IN_FLIGHT }, bench);
  return { audience, cookie: cookies.at(-1) ?? '' };
}

/** Waits until nobody holds an older roster than the server's; answers when the last message of presence came, in ms after the drop. */
async function allRight({ audience, roster }: Crowd): Promise<number> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const [{ oldest, changedAfter }, version] = [await audience.load.ask('returned', undefined), (await roster?.())?.version ?? 0];
    if (oldest >= version) return changedAfter;
    await pause(20);
  }
  throw new Error('Some dashboards never learned who is online.');
}

/** What one client that stayed was told must be what the server says. Beyond 300 people it lists only some of them. */
async function compare({ audience, roster }: Required<Crowd>): Promise<void> {
  const { epoch, version, total, people } = await roster();
  const shown = await audience.load.ask('shown', undefined);
  const same = shown.epoch === epoch && shown.version === version;
  const ids = people.map(({ id }) => id).sort();
  if (!same || (people.length === total && ids.join() !== shown.ids.join())) {
    throw new Error(`The witness shows ${shown.ids.length} people at version ${shown.version}; the server has ${total} at ${version}.`);
  }
}

/** Everybody is cut off and returns at once. */
async function storm(crowd: Crowd, people: number): Promise<Sample> {
  const { audience, roster } = crowd;
  const before = await roster?.();
  if (before && before.total !== people + 1) throw new Error(`${before.total} people are online, not ${people + 1}.`);
  const holding = before ? { epoch: before.epoch, version: before.version } : NOTHING_HELD;
  let [connected, right, longestPause] = [0, 0, 0];
  const { cost } = await audience.cost(async () => {
    longestPause = await audience.server.longestPauseDuring(async () => {
      await audience.load.ask('drop', undefined);
      connected = await audience.load.ask('comeBack', holding);
      right = Math.max(connected, await allRight(crowd));
    });
  });
  if (connected > GRACE) throw new Error(`The return took ${Math.round(connected)} ms, longer than the grace: this machine is too busy.`);
  const { bytes } = await audience.load.ask('returned', undefined);
  return { generatorShare: generatorShare(cost), cpu: cpuOf(cost) / 1000, connected, right, longestPause, bytesPerClient: bytes / people };
}

async function up(bench: Bench): Promise<Stage> {
  const people = bench.quick ? PEOPLE.quick : PEOPLE.full;
  const storms = bench.quick ? STORMS.quick : STORMS.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  const { audience, cookie } = await gather(product, people, bench);
  const ours = { audience, roster: () => rosterOf(product, cookie) };

  const without = await startProduct({ redisUrl: (await anotherRedis(bench)).url, imports: [WITHOUT_PRESENCE] }, bench);
  const baseline = await gather(without, people, bench);
  if ((await rosterOf(without, baseline.cookie)).total !== 0) throw new Error('Presence is not off in the baseline.');

  const { value: before } = await audience.quietly(() => product.metrics());
  const samples: Sample[] = [];
  let memory: Memory | undefined;
  const burst = async (): Promise<Sample> => {
    const sample = await storm(ours, people);
    samples.push(sample);
    // Left alone, V8 collects the connections of some fifteen storms together, and the process grows by half until then: that says
    // when it collects, and nothing of what stays.
    const left = await product.server.memory();
    memory ??= left;
    return sample;
  };
  const count = async (): Promise<Record<string, number>> => {
    while (samples.length < storms) await burst();
    const { rss, heapUsed } = await product.server.memory();
    await pause(GRACE + 1000); // whoever is to be announced as gone has been by then
    await compare(ours);
    const { value: after } = await audience.quietly(() => product.metrics());
    return {
      broadcasts: grown(before, after, 'quarterdeck_presence_broadcasts_total'),
      bytesPerClient: Math.ceil(Math.max(...samples.map(({ bytesPerClient = Number.NaN }) => bytesPerClient))),
      rss: rss / (memory?.rss ?? Number.NaN),
      heap: heapUsed / (memory?.heapUsed ?? Number.NaN),
    };
  };
  return {
    ours: { name: 'server', burst },
    baselines: [{ name: 'presence-off', burst: () => storm({ audience: baseline.audience }, people) }],
    count,
  };
}

const beside = { kind: 'timed', baseline: 'presence-off' } as const;
const measures: readonly Measure[] = [
  { kind: 'count', measure: 'presence broadcasts', figure: 'broadcasts', goal: '=0', gate: '=0' },
  { kind: 'count', measure: 'bytes per client', figure: 'bytesPerClient', goal: '<=1024', gate: '<=1024' },
  { ...beside, measure: 'server CPU ms', figure: 'cpu', goal: '<=1.3', gate: '<=2' },
  { ...beside, measure: 'all right ms', figure: 'right', goal: '<=1.2', gate: '<=2' },
  { ...beside, measure: 'longest pause ms', figure: 'longestPause', goal: '<=2', gate: '<=4' },
  { kind: 'count', measure: 'RSS after the last storm, × the first', figure: 'rss', goal: '<=1.1', gate: '<=1.25' },
  { kind: 'count', measure: 'heap after the last storm, × the first', figure: 'heap', goal: '<=1.05', gate: '<=1.1' },
];

const reconnecting: Scenario = { name: 'storm', bound: 180_000, measures, up };
export default reconnecting;
