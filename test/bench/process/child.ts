import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Machine } from '../machine.ts';
import type { Cpu, Memory, Probe } from '../probe.ts';
import { Metrics } from '../product/metrics.ts';
import { Remote } from './rpc.ts';

const PROBE = `${import.meta.dirname}/../probe.ts`;
const PATIENCE = 5000;

export interface ChildOptions {
  /** For messages. */
  name: string;
  file: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  machine: Machine;
  core: number;
  /** Modules loaded before the program, besides the probe. */
  imports?: readonly string[];
}

/** A Node process of ours with the probe in it. It does not outlive this one: its channel closes, and {@link stop} knows its pid. */
export class Child implements AsyncDisposable {
  readonly #name: string;
  readonly #probe: Remote<Probe>;
  #output = '';
  readonly process: ChildProcess;

  constructor({ name, file, args = [], env = {}, machine, core, imports = [] }: ChildOptions) {
    this.#name = name;
    const node = [process.execPath, ...[PROBE, ...imports].flatMap(module => ['--import', module]), file, ...args];
    const [command = process.execPath, ...rest] = [...machine.on(core), ...node];
    this.process = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...env, BENCH_PID: String(process.pid) },
    });
    this.#probe = new Remote<Probe>(this.process, 'probe');
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output = (this.#output + text).slice(-4000)));
    }
  }

  /** What it said last, for messages. */
  get output(): string {
    return this.#output;
  }

  cpu(): Promise<Cpu> {
    return this.#probe.ask('cpu', undefined);
  }

  memory(): Promise<Memory> {
    return this.#probe.ask('memory', undefined);
  }

  /** Counts of a process of the product; see {@link Product.metrics} for one that serves. */
  async metrics(): Promise<Metrics> {
    return new Metrics(await this.#probe.ask('metrics', undefined));
  }

  /** The longest pause of its event loop, in ms, while `work` runs. */
  async longestPauseDuring(work: () => Promise<void>): Promise<number> {
    await this.#probe.ask('watchPauses', undefined);
    await work();
    return this.#probe.ask('longestPause', undefined);
  }

  /** Resolves once its output matches; rejects if it ends before, or after `timeout` ms. */
  said(pattern: RegExp, timeout: number): Promise<void> {
    return this.#until(timeout, done => {
      const look = (): void => void (pattern.test(this.#output) && done());
      this.process.stdout?.on('data', look);
      look();
    });
  }

  /** Resolves once it sends this message; rejects if it ends before, or after `timeout` ms. */
  sent(message: string, timeout: number): Promise<void> {
    return this.#until(timeout, done => this.process.on('message', given => given === message && done()));
  }

  async #until(timeout: number, watch: (done: () => void) => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const failed = (): void => reject(new Error(`The ${this.#name} did not get ready:\n${this.#output}`));
    const timer = setTimeout(failed, timeout);
    this.process.once('exit', failed);
    watch(resolve);
    await promise.finally(() => clearTimeout(timer));
  }

  /** Asks it to end; after 5 s it is ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE);
    await exit;
    clearTimeout(timer);
  }
}
