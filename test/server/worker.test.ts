import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { keep } from '#server/platform/keep.ts';
import { createLog } from '#server/platform/log.ts';
import { WorkerProcess } from '#server/worker.ts';

/** A worker program of these lines, which appends its process id to `pids` when it starts. */
function program(...lines: string[]): { module: string; pids: () => number[] } {
  const module = path.join(inject('services').dir, `w-${randomUUID().slice(0, 8)}.mjs`);
  const log = `${module}.pids`;
  writeFileSync(log, '');
  writeFileSync(
    module,
    [`import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(log)}, process.pid + ' ');`, ...lines].join('\n'),
  );
  return { module, pids: () => readFileSync(log, 'utf8').split(' ').filter(Boolean).map(Number) };
}

const log = createLog('silent');
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a worker that ends before it is ready is a reason not to start', async () => {
  const { module, pids } = program('process.exit(3);');
  await expect(keep('worker', new WorkerProcess(module, process.env), log)).rejects.toThrow('The worker ended with 3 before it was ready');
  expect(pids()).toHaveLength(1);
});

test('a worker that dies is started again, with a pause that grows', async () => {
  const { module, pids } = program("process.send('ready'); setTimeout(() => process.exit(1), 10);");
  const stop = await keep('worker', new WorkerProcess(module, process.env), log);
  const began = performance.now();
  onTestFinished(stop);
  await expect.poll(pids, { timeout: 10_000 }).toHaveLength(4);
  expect(performance.now() - began).toBeGreaterThan(500 + 1000 + 2000);
});

test('stopping waits for the worker, and none is started afterwards', async () => {
  const { module, pids } = program("process.on('SIGTERM', () => setTimeout(() => process.exit(0), 200)); process.send('ready');");
  const stop = await keep('worker', new WorkerProcess(module, process.env), log);
  await stop();
  expect(pids()).toHaveLength(1);
  expect(pids().filter(alive)).toEqual([]);
});

test('a worker that is waiting to be started again is not started when all stops', async () => {
  const { module, pids } = program("process.send('ready'); setTimeout(() => process.exit(1), 10);");
  const stop = await keep('worker', new WorkerProcess(module, process.env), log);
  await expect.poll(() => pids().some(alive)).toBe(false);
  await stop();
  expect(pids()).toHaveLength(1);
});
