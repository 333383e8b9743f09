import { setTimeout as pause } from 'node:timers/promises';
import { type Socket, io } from 'socket.io-client';
import { sessionHash } from '#server/auth/doorkeeper.ts';
import type { Redis } from '#server/embedded/redis.ts';
import { ownShare } from '../process/own-share.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startNeighbour, startProduct } from '../product/product.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';
import { anotherRedis } from '../stores.ts';

const REVOCATIONS = { quick: 5, full: 20 } as const; // per burst
/** Times a burst when Redis is stopped, so that as many are revoked as in five bursts with it. */
const BURSTS_WITHOUT = 5;
/** Revoked one beside the other. */
const AT_ONCE = 5;
/** How often a signed-in page asks for something, in ms: a door that has closed is noticed so much later at most. */
const ASKS_EVERY = 10;
/** A process looks twice a second: revocations fall anywhere between two looks. */
const BETWEEN_LOOKS = 500;
const LONGEST = 10_000;

/** ms from a revocation, the asking for it included, until there was nothing more to get. */
interface Closed {
  socket: number;
  http: number;
}

/** Two processes of one installation: what is revoked through one has to end at the other. */
interface Site {
  revoker: Product;
  watched: Product;
}

interface Someone {
  adminId: string;
  cookie: string;
}

async function someone({ orm }: Product, permissions: Parameters<typeof signInPeople>[2]): Promise<Someone> {
  const [cookie = ''] = await signInPeople(orm, 1, permissions);
  const hash = sessionHash(cookie.slice(cookie.indexOf('=') + 1));
  const [row] = await orm.em.fork().execute<{ admin_id: string }[]>('select admin_id from session where token_hash = ?', [hash]);
  if (!row) throw new Error('A session that was just made is not there.');
  return { adminId: row.admin_id, cookie };
}

/** An open page of this person. */
async function openPage({ url }: Product, cookie: string): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: { cookie, origin: url } });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve).once('connect_error', reject);
  await promise;
  return socket;
}

/** Asks again and again as this person. @returns when it was first refused, by `performance.now()` */
async function untilRefused({ url }: Product, cookie: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    const { status, body } = await fetch(`${url}/api/session`, { headers: { cookie }, signal });
    await body?.cancel();
    if (status === 401) return performance.now();
    if (status !== 200) throw new Error(`A page that asks was answered ${status}.`);
    await pause(ASKS_EVERY);
  }
}

async function untilClosed(socket: Socket, signal: AbortSignal): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.once('disconnect', () => resolve(performance.now()));
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** Signs somebody out everywhere, through the API, while they have a page open that asks all the time. */
async function revokeOne({ revoker, watched }: Site, by: Someone): Promise<Closed> {
  const { adminId, cookie } = await someone(revoker, ['dashboard.view']);
  const socket = await openPage(watched, cookie);
  try {
    const signal = AbortSignal.timeout(LONGEST);
    const over = Promise.all([untilClosed(socket, signal), untilRefused(watched, cookie, signal)]);
    over.catch(() => undefined); // told below
    await pause(Math.random() * BETWEEN_LOOKS);
    const began = performance.now();
    const answer = await fetch(`${revoker.url}/api/admins/${adminId}/sessions`, {
      method: 'DELETE',
      headers: { cookie: by.cookie, origin: revoker.url },
    });
    if (!answer.ok) throw new Error(`A revocation was answered ${answer.status}: ${await answer.text()}`);
    const [closedAt, refusedAt] = await over;
    return { socket: closedAt - began, http: refusedAt - began };
  } finally {
    socket.disconnect();
  }
}

/** @param by has to be a new one for each burst: one person may not ask without end. */
async function revokeMany(site: Site, count: number): Promise<Closed[]> {
  const by = await someone(site.revoker, ['admins.view', 'admins.secure', 'dashboard.view']);
  const closed: Closed[] = [];
  while (closed.length < count) closed.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => revokeOne(site, by)))));
  return closed;
}

/** Does something while this Redis is stopped. */
async function stopped<T>(redis: Redis, work: () => Promise<T>): Promise<T> {
  await redis.stop();
  try {
    return await work();
  } finally {
    await redis.start();
  }
}

const slowest = (closed: readonly Closed[], what: keyof Closed): number => Math.max(...closed.map(times => times[what]));

async function up(bench: Bench): Promise<Stage> {
  const count = bench.quick ? REVOCATIONS.quick : REVOCATIONS.full;
  const redis = await anotherRedis(bench);
  const revoker = await startProduct({ redisUrl: redis.url }, bench);
  const site = { revoker, watched: await startNeighbour(revoker, bench) };
  const withRedis: Closed[] = [];
  const burst = async (): Promise<Sample> => {
    const generatorShare = await ownShare(site.watched.server, async () => void withRedis.push(...(await revokeMany(site, count))));
    return { generatorShare };
  };
  return {
    ours: { name: 'server', burst },
    baselines: [],
    async count() {
      const without = await stopped(redis, async () => {
        const closed: Closed[] = [];
        for (let turn = 0; turn < BURSTS_WITHOUT; turn++) closed.push(...(await revokeMany(site, count)));
        return closed;
      });
      return {
        socket: slowest(withRedis, 'socket'),
        http: slowest(withRedis, 'http'),
        socketWithout: slowest(without, 'socket'),
        httpWithout: slowest(without, 'http'),
      };
    },
  };
}

const slowestOf = (measure: string, figure: string, goal: Measure['goal']): Measure => ({
  kind: 'count',
  measure: `revoked until ${measure}, slowest, ms`,
  figure,
  goal,
  gate: '<=1000',
});
const measures: readonly Measure[] = [
  slowestOf('socket closed', 'socket', '<=250'),
  slowestOf('requests refused', 'http', '<=250'),
  slowestOf('socket closed, Redis stopped', 'socketWithout', '<=750'),
  slowestOf('requests refused, Redis stopped', 'httpWithout', '<=1000'),
];

/** How long somebody who was signed out at one process still sees something at another, with Redis and without. */
const revocation: Scenario = { name: 'revocation', bound: 240_000, measures, up };
export default revocation;
