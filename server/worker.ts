import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { end, ended } from './embedded/child.ts';
import type { Program } from './platform/keep.ts';
import { Refusal } from './platform/refusal.ts';

/** How long the jobs under way may take when we stop, in ms. */
const GRACE = 20_000;

/** The process that works: out of reach of the terminal's Ctrl+C, and its channel closes when this process ends, however it ends. */
export class WorkerProcess implements Program {
  readonly #module: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  /** @param module a program that sends 'ready', and quits on SIGTERM and on 'disconnect'. */
  constructor(module: string, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
    this.#module = module;
    this.#env = env;
    this.#args = args;
  }

  /** @throws Refusal when it ends before it is ready. */
  async start(): Promise<void> {
    const child = fork(this.#module, this.#args, { detached: true, env: this.#env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    const ready = once(child, 'message').then(() => true);
    if (await Promise.race([ready, ended(child).then(() => false)])) return;
    throw new Refusal(`The worker ended with ${child.signalCode ?? child.exitCode} before it was ready; the reason stands above.`);
  }

  ended(): Promise<void> {
    return ended(this.#child);
  }

  stop(): Promise<void> {
    return end(this.#child, 'SIGTERM', GRACE);
  }
}
