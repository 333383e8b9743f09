import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { NOWHERE } from './nowhere.ts';

/** Not the whole environment of the test run: Vite puts a BASE_URL of its own there, among others. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'];
const inherited = (): NodeJS.ProcessEnv => Object.fromEntries(INHERITED.map(name => [name, process.env[name]]));

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The whole product, as `npm start` runs it, as a process of its own. */
export class Product {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** All it wrote so far. */
  output = '';

  /** @param env settings; the port is a free one unless they name it. */
  constructor(env: NodeJS.ProcessEnv, args: string[] = []) {
    this.#child = spawn(process.execPath, ['server/index.ts', ...args], {
      cwd: ROOT,
      env: { ...inherited(), NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'info', GRAVATAR_URL: NOWHERE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => (this.output += stripVTControlCharacters(chunk)));
  }

  get pid(): number {
    return this.#child.pid ?? expect.fail('it was not started');
  }

  /** The URL that it says it is ready on. Fails with its output when it ends before. */
  async ready(): Promise<string> {
    return (await this.says(/^Quarterdeck is ready on (\S+)$/m))[1] ?? expect.fail('it says no URL');
  }

  /** Waits until its output matches. Fails with the output when it ends before, or within 30 s does not. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    await expect.poll(() => pattern.test(this.output) || this.#child.exitCode !== null, { timeout: 30_000, interval: 20 }).toBe(true);
    return pattern.exec(this.output) ?? expect.fail(`it ended with ${this.#child.exitCode} without saying ${pattern}:\n${this.output}`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for its end. @returns its exit code; null when a signal ended it. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** Asks it to stop unless it has ended, and waits for that. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.kill('SIGTERM');
    return this.ended();
  }
}
