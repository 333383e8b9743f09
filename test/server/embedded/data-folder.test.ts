import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { keepSecretKey, takeDataFolder } from '#server/embedded/data-folder.ts';

const folder = (): string => path.join(inject('services').dir, `f-${randomUUID().slice(0, 8)}`);
const MODULE = path.resolve('server/embedded/data-folder.ts');

/** Runs a line of code in a process of its own, with the module's exports and the folder as `dir` at hand; resolves with the process and its first line. */
async function inProcess(dir: string, code: string): Promise<{ line: string; kill: () => Promise<void> }> {
  const source = `const { takeDataFolder, keepSecretKey } = await import(${JSON.stringify(MODULE)}); const dir = ${JSON.stringify(dir)}; ${code}`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { line: line.toString().trim(), kill };
}

test('a data folder belongs to one process until that ends, however it ends and whatever memory it tidies', async () => {
  const dir = folder();
  const tidied = 'await new Promise(setImmediate); gc(); await new Promise(setImmediate);';
  const holder = await inProcess(dir, `takeDataFolder(dir); ${tidied} console.log(process.pid); setInterval(() => {}, 1000);`);
  expect(() => takeDataFolder(dir)).toThrow(`already runs on ${dir} (process ${holder.line})`);
  await holder.kill();
  takeDataFolder(dir)();
  takeDataFolder(dir)();
});

test('a secret key is made once, kept for its owner alone, and the same for all who ask at once', async () => {
  const dir = folder();
  const print = 'console.log(keepSecretKey(dir).toString("hex"));';
  const keys = await Promise.all(Array.from({ length: 4 }, () => inProcess(dir, print)));
  expect(new Set(keys.map(({ line }) => line))).toEqual(new Set([keepSecretKey(dir).toString('hex')]));
  expect(statSync(path.join(dir, 'secret-key')).mode & 0o777).toBe(0o600);
});

test('a damaged secret key is refused, never replaced: what it sealed would be lost', () => {
  const dir = folder();
  keepSecretKey(dir);
  writeFileSync(path.join(dir, 'secret-key'), 'oops');
  expect(() => keepSecretKey(dir)).toThrow('does not hold a secret key');
});
