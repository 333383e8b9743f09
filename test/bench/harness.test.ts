import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRedis } from '#server/embedded/find-redis.ts';
import { Redis } from '#server/embedded/redis.ts';
import type { BaselineName } from './baselines/start.ts';
import { broadcastBurst, gatherBefore } from './broadcasting.ts';
import { Machine } from './machine.ts';
import { cpuOf } from './process/audience.ts';
import type { Bench } from './scenario.ts';

const CLIENTS = 40;
const BURST = { rounds: 6, inFlight: 3, paced: 3, interval: 20 };

let stack: AsyncDisposableStack;
let redisUrl: string;
const bench = (cleanup: AsyncDisposableStack): Bench => ({
  stores: { redisUrl, databaseUrl: '', dir: '' },
  machine: new Machine(false),
  quick: true,
  cleanup,
});

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  const redis = await new Redis(findRedis('.data/redis-server', console.log), dir).start();
  stack.defer(() => redis.stop());
  redisUrl = redis.url;
}, 60_000);
afterAll(() => stack.disposeAsync());

describe.each<BaselineName>(['ws-send', 'ws-prebuilt', 'bare-socketio'])('a burst before %s', name => {
  test.each([190, 3400, 70_000])('of %d bytes reaches every client whole, once, in order', async payloadBytes => {
    await using cleanup = new AsyncDisposableStack();
    const audience = await gatherBefore(name, CLIENTS, payloadBytes, bench(cleanup));
    const sample = await broadcastBurst(audience, BURST, bench(cleanup));
    expect(sample['bytes']).toBe(payloadBytes);
    expect(sample['p50']).toBeGreaterThan(0);
    expect(sample['p99']).toBeGreaterThanOrEqual(sample['p50'] ?? Number.NaN);
    expect(sample['deliveriesPerCpuSecond']).toBeGreaterThan(0);
    expect(sample.generatorShare).toBeGreaterThan(0);
  });
});

test('a server that dies in the middle is reported, not waited for', async () => {
  await using cleanup = new AsyncDisposableStack();
  const audience = await gatherBefore('ws-send', CLIENTS, 190, bench(cleanup));
  const burst = audience.load.ask('pace', { rounds: 1000, interval: 10 });
  audience.server.process.kill('SIGKILL');
  await expect(burst).rejects.toThrow(/lost its connection/);
});

test('cost is that of the work alone', async () => {
  await using cleanup = new AsyncDisposableStack();
  const audience = await gatherBefore('ws-send', CLIENTS, 190, bench(cleanup));
  const { cost: idle } = await audience.cost(() => Promise.resolve());
  const { cost: busy } = await audience.cost(() => audience.load.ask('saturate', { rounds: 500, inFlight: 3 }));
  expect(cpuOf(busy)).toBeGreaterThan(3 * cpuOf(idle));
});

test('nothing is left running', async () => {
  const cleanup = new AsyncDisposableStack();
  const { server } = await gatherBefore('ws-prebuilt', CLIENTS, 190, bench(cleanup));
  const { pid = Number.NaN } = server.process;
  expect(process.kill(pid, 0)).toBe(true);
  await cleanup.disposeAsync();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
