import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { descendants, running } from '../../support/processes.ts';
import { Product } from '../../support/product.ts';
import { ownData } from '../../support/whole.ts';
import { test } from '../../support/world.ts';

function start(env: NodeJS.ProcessEnv, args: string[] = []): Product {
  const product = new Product(env, args);
  onTestFinished(async () => {
    await product.stop();
  });
  return product;
}

const answers = async (url: string): Promise<boolean> => (await fetch(`${url}/healthz`)).ok;

test('brings its stores, stops them in order at Ctrl+C pressed twice, and starts again on the same data', async () => {
  const env = ownData();
  const first = start(env);
  expect(await answers(await first.ready())).toBe(true);
  const started = descendants(first.pid);
  expect(started.map(p => p.command)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/postgres -D/),
      expect.stringMatching(/redis-server/),
      expect.stringMatching(/jobs\/index\.ts/),
    ]),
  );
  const key = path.join(env['DATA_DIR'] ?? '', 'secret-key');
  const secret = readFileSync(key, 'utf8');
  expect(statSync(key).mode & 0o777).toBe(0o600);

  first.kill('SIGINT');
  await first.says(/"signal":"SIGINT"/);
  first.kill('SIGINT');
  expect(await first.ended()).toBe(0);
  expect(running(started)).toEqual([]);
  expect(first.output).not.toMatch(/"level":(50|60)/); // an error or worse: a store that went before those who used it

  const second = start(env);
  expect(await answers(await second.ready())).toBe(true);
  expect(readFileSync(key, 'utf8')).toBe(secret);
  expect(await second.stop()).toBe(0);
});

test('refuses a second start on the same data, naming the first, which is unharmed', async () => {
  const env = ownData();
  const first = start(env);
  const url = await first.ready();
  const second = start(env);
  expect(await second.ended()).toBe(1);
  expect(second.output).toContain(`already runs on ${env['DATA_DIR']} (process ${first.pid})`);
  expect(second.output.trim().split('\n')).toHaveLength(1);
  expect(await answers(url)).toBe(true);
});

test('leaves nothing running after SIGKILL, and starts again at once', async () => {
  const env = ownData();
  const first = start(env);
  await first.ready();
  const started = descendants(first.pid);
  expect(started.length).toBeGreaterThanOrEqual(3);
  first.kill('SIGKILL');
  const second = start(env);
  expect(await answers(await second.ready())).toBe(true);
  await expect.poll(() => running(started), { timeout: 15_000 }).toEqual([]);
});

test('stops at a signal that comes while it starts', async () => {
  const product = start(ownData());
  await expect.poll(() => descendants(product.pid).length, { timeout: 15_000, interval: 5 }).toBeGreaterThan(0);
  const started = descendants(product.pid);
  product.kill('SIGINT');
  expect(await product.ended()).toBe(0);
  await expect.poll(() => running(started), { timeout: 15_000 }).toEqual([]);
  expect(product.output).not.toContain('ready on');
});

test('starts what dies again: a store, or the worker', async () => {
  const product = start(ownData());
  const url = await product.ready();
  for (const command of [/^\S*redis-server/, /^\S*postgres -D/, /jobs\/index\.ts/]) {
    const find = (): number | undefined => descendants(product.pid).find(p => p.parent === product.pid && command.test(p.command))?.pid;
    const first = find() ?? expect.fail(`there is no ${command}`);
    process.kill(first, 'SIGKILL');
    await expect.poll(find, { timeout: 20_000 }).toSatisfy(pid => pid !== undefined && pid !== first);
  }
  expect(await answers(url)).toBe(true);
  expect(await product.stop()).toBe(0);
});

test('serves and works in processes of their own, for several machines', async ({ database, redisUrl }) => {
  const env = { ...ownData(), DATABASE_URL: database, REDIS_URL: redisUrl };
  const server = start(env, ['serve']);
  expect(await answers(await server.ready())).toBe(true);
  expect(descendants(server.pid)).toEqual([]);
  const lost = start(env, ['work']);
  expect(await lost.ended()).toBe(1);
  expect(lost.output).toMatch(/^Set BASE_URL/);
  const worker = start({ ...env, BASE_URL: await server.ready() }, ['work']);
  await worker.says(/^Quarterdeck is at work$/m);
  expect(descendants(worker.pid).map(p => p.command)).toEqual([expect.stringMatching(/jobs\/index\.ts/)]);
  expect(await worker.stop()).toBe(0);
});

test('two that start at once on one empty database both migrate and serve', async ({ redisUrl }) => {
  const env = { ...ownData(), DATABASE_URL: `${inject('services').postgres}both_${randomUUID().slice(0, 8)}`, REDIS_URL: redisUrl };
  const both = [start(env), start(env)];
  for (const product of both) expect(await answers(await product.ready())).toBe(true);
});

test('says in one line that the port is taken', async ({ database, redisUrl }) => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo; // of a TCP server that listens
  const product = start({ ...ownData(), DATABASE_URL: database, REDIS_URL: redisUrl, PORT: String(port), LOG_LEVEL: 'warn' });
  expect(await product.ended()).toBe(1);
  expect(product.output).toBe(`Port ${port} of 127.0.0.1 is in use: stop what listens there, or set PORT to another.\n`);
});

test('says in one line that Redis does not answer where it was told to be', async ({ database }) => {
  const product = start({ ...ownData(), DATABASE_URL: database, REDIS_URL: 'redis://:secret@127.0.0.1:1', LOG_LEVEL: 'error' });
  expect(await product.ended()).toBe(1);
  expect(product.output).toBe('Redis does not answer at redis://127.0.0.1:1. Start it, or check REDIS_URL.\n');
});

test('stops also while Redis stands still, and leaves nothing behind', async () => {
  const product = start(ownData());
  await product.ready();
  const started = descendants(product.pid);
  const redis = started.find(({ command }) => command.includes('redis-server')) ?? expect.fail('it brought no Redis');
  process.kill(redis.pid, 'SIGSTOP');
  expect(await product.stop()).toBe(0);
  expect(running(started)).toEqual([]);
  expect(product.output).not.toContain('"exit":"SIGKILL"');
});

test('says in one line what to install when Redis cannot be had', async ({ database }) => {
  const product = start({ ...ownData(), DATABASE_URL: database, PATH: '/nonexistent' });
  expect(await product.ended()).toBe(1);
  expect(product.output).toMatch(/^Redis is needed.*: install redis-server.*REDIS_URL/m);
  expect(product.output).not.toMatch(/^\s+at /m);
});

test('says all that is wrong with the environment and starts nothing', async () => {
  const product = start({ PORT: 'x', LOG_LEVEL: 'loud' });
  expect(await product.ended()).toBe(1);
  expect(product.output).toMatch(/PORT must be a number\n {2}LOG_LEVEL/);
});
