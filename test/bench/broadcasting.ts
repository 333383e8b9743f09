import { type BaselineName, startBaseline } from './baselines/start.ts';
import { BARE, SOCKET_IO } from './load/target.ts';
import { Audience, cpuOf, generatorShare } from './process/audience.ts';
import type { Bench, Sample } from './scenario.ts';

const IN_FLIGHT = 100;

export interface BurstOptions {
  /** Broadcasts as fast as they arrive, `inFlight` at a time. */
  rounds: number;
  inFlight: number;
  /** Broadcasts on a fixed schedule, one every `interval` ms: these are timed. */
  paced: number;
  interval: number;
}

/** Puts `clients` sockets in front of a baseline. */
export async function gatherBefore(name: BaselineName, clients: number, payloadBytes: number, bench: Bench): Promise<Audience> {
  const channel = `bench:${name}`;
  const { server, port } = await startBaseline(name, channel, bench);
  const audience = new Audience(server, bench.machine, bench.cleanup);
  await audience.connect({ port, ...(name === 'bare-socketio' ? SOCKET_IO : BARE), cookies: [], clients, inFlight: IN_FLIGHT });
  await audience.hear({ redisUrl: bench.stores.redisUrl, channel, room: 'all', payloadBytes });
  return audience;
}

/** One burst of broadcasts to an audience that is connected; what one of them heard is compared with what was sent. */
export async function broadcastBurst(
  audience: Audience,
  { rounds, inFlight, paced, interval }: BurstOptions,
  bench: Bench,
): Promise<Sample> {
  const { result, cost } = await audience.cost(() => audience.load.ask('saturate', { rounds, inFlight }));
  const { p50, p99 } = await audience.load.ask('pace', { rounds: paced, interval });
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
