/** The load generator: a process of its own, so that its work is never counted as the server's. */
import { setImmediate as immediate } from 'node:timers/promises';
import { createClient } from 'redis';
import { Broadcasts } from './load/broadcasts.ts';
import { Crowd } from './load/crowd.ts';
import { type Holding, Holdings } from './load/holding.ts';
import { MARK_REACH } from './load/mark.ts';
import { type Latencies, Meter } from './load/meter.ts';
import type { Target } from './load/target.ts';
import { rosterAfter, type Shown } from './load/roster.ts';
import { Refreshes } from './load/refreshes.ts';
import { Witness } from './load/witness.ts';
import { unless } from './unless.ts';
import { answer } from './process/rpc.ts';
import { redisOptions } from './stores.ts';

/** How broadcasts reach the server: published for a room on a Redis channel, as a worker publishes them. */
export interface Source {
  redisUrl: string;
  channel: string;
  room: string;
  payloadBytes: number;
}

export interface Saturated extends Latencies {
  deliveries: number;
  bytes: number;
}

/** How a crowd that came back is off. */
export interface Returned {
  /** The oldest version of the roster that anybody holds. */
  oldest: number;
  /** When the latest presence message came, in ms after the drop; 0 if none did. */
  changedAfter: number;
  /** Payload bytes that all of them received since they connected. */
  bytes: number;
}

/** What the witness heard so far. */
export interface Heard {
  /** Sent to a room: all but the beat, which every page gets while nothing happens. */
  packets: number;
  /** Of these, the broadcasts of the benchmark itself. */
  marked: number;
}

/** How long the witness may lag behind the crowd, in ms. */
const LATE = 2000;

const meter = new Meter();
const holdings = new Holdings();
const refreshes = new Refreshes();
let listener: Meter | Holdings | Refreshes = meter;
let dropped = 0;
let crowd: Crowd | undefined;
let witness: Witness | undefined;
let broadcasts: Broadcasts | undefined;

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Not connected yet.');
  return value;
}

const BEAT = '2["live:beat"';
const isMarked = (packet: string): boolean => packet.includes('@t=');

/** What one witness heard must be what was sent, each once, in order. */
async function compare(): Promise<void> {
  const { sent } = there(broadcasts);
  const { heard } = there(witness);
  const deadline = performance.now() + LATE;
  let marked = heard.filter(isMarked);
  while (marked.length < sent.length && performance.now() < deadline) {
    await immediate();
    marked = heard.filter(isMarked);
  }
  if (marked.length !== sent.length) throw new Error(`The witness heard ${marked.length} of ${sent.length} broadcasts.`);
  const wrong = sent.findIndex((packet, index) => packet !== marked[index]);
  if (wrong !== -1) throw new Error(`The witness heard another broadcast ${wrong} than was sent.`);
}

const operations = {
  /** Connects everybody; answers how long that took, in ms. */
  connect: async (target: Target): Promise<number> => {
    const begun = performance.now();
    crowd = new Crowd({ ...target, count: target.clients, first: 0, lookahead: MARK_REACH }, (connection, bytes, start, length) =>
      listener.take(connection, bytes, start, length),
    );
    witness = new Witness(target);
    await crowd.connect();
    await witness.connect();
    return performance.now() - begun;
  },
  /** Cuts everybody's line but the witness's. */
  drop: (): void => {
    there(crowd).reset();
    dropped = performance.now();
  },
  /** Connects them again, with what they hold of the roster; answers how long after the drop the last one was connected, in ms. */
  comeBack: async (holding: Holding): Promise<number> => {
    const returning = there(crowd);
    holdings.begin(returning.size, holding);
    listener = holdings;
    returning.introduce(`0${JSON.stringify(holding)}`);
    await returning.connect();
    return performance.now() - dropped;
  },
  returned: (): Returned => ({
    oldest: holdings.oldest,
    changedAfter: Math.max(0, holdings.changedAt - dropped),
    bytes: there(crowd).bytes,
  }),
  /** Says where broadcasts come from. */
  source: async ({ redisUrl, channel, room, payloadBytes }: Source): Promise<void> => {
    const redis = createClient(redisOptions(redisUrl));
    redis.on('error', (error: Error) => console.error(error.message));
    await redis.connect();
    const publish = (packet: string) => redis.publish(channel, `${room}\n${packet}`);
    const { size, lost } = there(crowd);
    broadcasts = new Broadcasts({ publish, meter, clients: size, payloadBytes, lost: AbortSignal.any([lost, there(witness).lost]) });
    listener = meter;
  },
  saturate: async ({ rounds, inFlight }: { rounds: number; inFlight: number }): Promise<Saturated> => {
    await there(broadcasts).saturate(rounds, inFlight);
    return { deliveries: meter.deliveries, bytes: meter.bytes, ...meter.latencies() };
  },
  pace: async ({ rounds, interval }: { rounds: number; interval: number }): Promise<Latencies> => {
    await there(broadcasts).pace(rounds, interval);
    return meter.latencies();
  },
  compare,
  /** Who the witness shows as online. */
  shown: (): Shown => rosterAfter(there(witness).heard),
  /** Has every so-many-th client say which widgets its page shows, as pages do. @returns how many said it */
  show: ({ widgets, oneIn }: { widgets: readonly string[]; oneIn: number }): number =>
    there(crowd).say(`20["widgets:watched",${JSON.stringify(widgets)}]`, oneIn), // 0: the number of the answer, which nobody waits for
  /** Begins to count the snapshots of a widget that clients are sent. */
  countWidget: ({ widget }: { widget: string }): void => {
    refreshes.begin(widget);
    listener = refreshes;
  },
  /** Resolves once clients have been sent so many since: each of them as often, where nothing is said of how many they are. */
  refreshed: async ({ times, clients }: { times: number; clients?: number }): Promise<void> => {
    const { size, lost } = there(crowd);
    await unless(lost, refreshes.reach(times * (clients ?? size)));
  },
  /** Bytes of the latest payload of this event that the witness heard. */
  sizeOfLatest: ({ event }: { event: string }): number => {
    const packet = there(witness).heard.findLast(text => text.startsWith(`2["${event}"`));
    return packet === undefined ? 0 : Buffer.byteLength(packet) + 1;
  },
  heard: (): Heard => {
    const { heard } = there(witness);
    return { packets: heard.filter(packet => !packet.startsWith(BEAT)).length, marked: heard.filter(isMarked).length };
  },
};
export type Load = typeof operations;

answer('load', operations);
process.channel?.ref(); // it waits for questions, also while nobody is connected
