import { type BaselineName, startBaseline } from './baselines/start.ts';
import type { Saturated, Target } from './load.ts';
import type { Latencies } from './load/meter.ts';
import { cpuOf, generatorShare, type Pair as Audience, Pair } from './process/pair.ts';
import type { Bench, Sample } from './scenario.ts';

export interface BurstOptions {
  /** Broadcasts as fast as they arrive, `inFlight` at a time. */
  rounds: number;
  inFlight: number;
  /** Broadcasts on a fixed schedule, one every `interval` ms: these are timed. */
  paced: number;
  interval: number;
}

/** Puts `clients` sockets in front of a baseline. */
export async function gatherBefore(name: BaselineName, clients: number, payloadBytes: number, bench: Bench): Promise<Pair> {
  const channel = `bench:${name}`;
  const { server, port } = await startBaseline(name, channel, bench);
  const audience = new Pair(server, bench.machine, bench.cleanup);
  const target: Target =
    name === 'bare-socketio'
      ? {
          port,
          path: '/socket.io/?EIO=4&transport=websocket',
          protocol: 'socket.io',
          connectPacket: '0',
          cookies: [],
          clients,
          inFlight: 100,
        }
      : { port, path: '/', protocol: 'websocket', connectPacket: '', cookies: [], clients, inFlight: 100 };
  await audience.connect(target, { redisUrl: bench.stores.redisUrl, channel, room: 'all', payloadBytes });
  return audience;
}

/** One burst of broadcasts to an audience that is connected; everything that arrived is compared with what was sent. */
export async function broadcastBurst(
  audience: Audience,
  { rounds, inFlight, paced, interval }: BurstOptions,
  bench: Bench,
): Promise<Sample> {
  const { result, cost } = await audience.cost<Saturated>(() => audience.load.ask('saturate', { rounds, inFlight }));
  const { p50, p99 }: Latencies = await audience.load.ask('pace', { rounds: paced, interval });
  await audience.load.ask('compare', undefined);
  const { deliveries, bytes } = result;
  bench.machine.noteGenerator(cost.generator, deliveries);
  return {
    generatorShare: generatorShare(cost),
    deliveriesPerCpuSecond: deliveries / (cpuOf(cost) / 1e6),
    user: cost.user / deliveries,
    system: cost.system / deliveries,
    bytes: bytes / deliveries,
    p50,
    p99,
  };
}
