import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Machine } from '../machine.ts';
import type { Cpu, Memory, Probe } from '../probe.ts';
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

  /** The longest pause of its event loop, in ms, while `work` runs. */
  async longestPauseDuring(work: () => Promise<void>): Promise<number> {
    await this.#probe.ask('watchPauses', undefined);
    await work();
    return this.#probe.ask('longestPause', undefined);
  }

  /** Resolves once its output matches; rejects if it ends before, or after `timeout` ms. */
  async said(pattern: RegExp, timeout: number): Promise<void> {
    const signal = AbortSignal.timeout(timeout);
    while (!pattern.test(this.#output)) {
      if (this.process.exitCode !== null || signal.aborted) throw new Error(`${this.#name} did not get ready:\n${this.#output}`);
      await Promise.race([once(this.process, 'exit'), once(this.process.stdout ?? this.process, 'data', { signal })]).catch(
        () => undefined,
      );
    }
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
