import { type BaselineName, startBaseline } from './baselines/start.ts';
import type { Target } from './load/target.ts';
import { Audience, cpuOf, generatorShare } from './process/audience.ts';
import { CHANNEL, type Product } from './product/product.ts';
import type { Bench, Sample } from './scenario.ts';

const SOCKET_IO = { path: '/socket.io/?EIO=4&transport=websocket', protocol: 'socket.io', connectPacket: '0' } as const;
const BARE = { path: '/', protocol: 'websocket', connectPacket: '' } as const;
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
  const target: Target = { port, ...(name === 'bare-socketio' ? SOCKET_IO : BARE), cookies: [], clients, inFlight: IN_FLIGHT };
  await audience.connect(target, { redisUrl: bench.stores.redisUrl, channel, room: 'all', payloadBytes });
  return audience;
}

export interface Gathering {
  clients: number;
  /** Of the people whose tabs they are; the last one is the witness. */
  cookies: readonly string[];
  payloadBytes: number;
  /** That all of them are in. */
  room: string;
}

/** Puts dashboards in front of the product. */
export async function gatherBeforeProduct(
  product: Product,
  { clients, cookies, payloadBytes, room }: Gathering,
  bench: Bench,
): Promise<Audience> {
  const audience = new Audience(product.server, bench.machine, bench.cleanup);
  const [witnessCookie = ''] = cookies.slice(-1);
  const target: Target = { port: product.port, ...SOCKET_IO, cookies: cookies.slice(0, -1), witnessCookie, clients, inFlight: IN_FLIGHT };
  await audience.connect(target, { redisUrl: product.redisUrl, channel: CHANNEL, room, payloadBytes });
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
