import { room } from '#server/platform/live/rooms.ts';
import { broadcastBurst, gatherBefore } from '../broadcasting.ts';
import type { Heard } from '../load.ts';
import { grown, type Metrics } from '../product/metrics.ts';
import { signInPeople } from '../product/people.ts';
import { openDashboards } from '../product/dashboards.ts';
import { CHANNEL, startProduct } from '../product/product.ts';
import type { Bench, Measure, Scenario, Stage } from '../scenario.ts';

const CLIENTS = { quick: 1000, full: 10_000 } as const;
const PAYLOAD = 190; // bytes
const BURST = { rounds: 5, inFlight: 3, paced: 5, interval: 200 } as const;
const REST = { quick: 2000, full: 10_000 } as const; // ms; of 10 s every socket has its ping
/** As many tabs as one login session may have open. */
const TABS = 10;

interface Reading {
  value: Metrics;
  heard: Heard;
}

/**
 * Every packet that the witness heard was one broadcast to a room, so the server built a frame for each and no more; and
 * those that came as text it did not encode again.
 */
function perBroadcast(before: Reading, after: Reading): Record<string, number> {
  const packets = after.heard.packets - before.heard.packets;
  const marked = after.heard.marked - before.heard.marked;
  const encodes = grown(before.value, after.value, 'quarterdeck_live_encodes_total');
  return {
    frames: grown(before.value, after.value, 'quarterdeck_live_frames_total') / packets,
    encodesAgain: Math.max(0, encodes - (packets - marked)) / marked,
  };
}

async function up(bench: Bench): Promise<Stage> {
  const clients = bench.quick ? CLIENTS.quick : CLIENTS.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  const cookies = await signInPeople(product.orm, Math.ceil(clients / TABS) + 1, ['dashboard.view']);
  const audience = await openDashboards(product, { clients, cookies, inFlight: 100 }, bench);
  await audience.hear({ redisUrl: product.redisUrl, channel: CHANNEL, room: room.may('dashboard.view'), payloadBytes: PAYLOAD });
  const before = await audience.quietly(() => product.metrics());
  const names = ['ws-send', 'ws-prebuilt', 'bare-socketio'] as const;
  const baselines = [];
  for (const name of names) baselines.push({ name, audience: await gatherBefore(name, clients, PAYLOAD, bench) });
  const rest = bench.quick ? REST.quick : REST.full;
  await Promise.all([audience, ...baselines.map(baseline => baseline.audience)].map(all => all.rest(rest)));
  return {
    ours: { name: 'server', burst: () => broadcastBurst(audience, BURST, bench) },
    baselines: baselines.map(({ name, audience: crowd }) => ({ name, burst: () => broadcastBurst(crowd, BURST, bench) })),
    count: async () => perBroadcast(before, await audience.quietly(() => product.metrics())),
  };
}

const perCpu = { kind: 'timed', measure: 'deliveries/CPU-s', figure: 'deliveriesPerCpuSecond' } as const;
const beside = { kind: 'timed', baseline: 'ws-send' } as const;
const untold = { goal: '–', gate: '–' } as const;

const measures: readonly Measure[] = [
  { ...perCpu, baseline: 'ws-send', goal: '>=1', gate: '>=0.9' },
  { ...perCpu, baseline: 'ws-prebuilt', goal: '>=0.75', gate: '>=0.6' },
  { ...perCpu, baseline: 'bare-socketio', ...untold },
  { ...beside, measure: 'user µs per delivery', figure: 'user', ...untold },
  { ...beside, measure: 'system µs per delivery', figure: 'system', ...untold },
  { ...beside, measure: 'paced p50 ms', figure: 'p50', goal: '<=1.1', gate: '<=1.5' },
  { ...beside, measure: 'paced p99 ms', figure: 'p99', goal: '<=1.3', gate: '<=2.5' },
  { ...beside, measure: 'bytes per delivery', figure: 'bytes', ...untold },
  { kind: 'count', measure: 'frames per broadcast', figure: 'frames', goal: '=1', gate: '=1' },
  { kind: 'count', measure: 're-encodes per broadcast', figure: 'encodesAgain', goal: '=0', gate: '=0' },
];

const fanout: Scenario = { name: 'fanout', bound: 240_000, measures, up };
export default fanout;
