import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Log } from './platform/log.ts';
import { Refusal } from './platform/refusal.ts';

const PAUSE = { first: 500, longest: 30_000 }; // ms between a death and the next start; doubled each time
const HEALTHY = 60_000; // ms of life after which a death is a first one again
const GRACE = 20_000; // ms for the jobs under way when it is told to stop

export interface WorkerOptions {
  /** The program: a module that sends 'ready', and quits on SIGTERM and when its channel closes. */
  module: string;
  env: NodeJS.ProcessEnv;
  log: Log;
}

/**
 * Starts the worker and keeps one running: when it dies it is started again, after a pause that grows.
 * It is a process of its own, out of reach of the terminal's Ctrl+C; its channel closes when this process ends, however it ends.
 * @returns once it is ready, what stops it for good.
 * @throws Refusal when it ends before it was ready for the first time.
 */
export async function keepWorker({ module, env, log }: WorkerOptions): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const start = (): ChildProcess => fork(module, { detached: true, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let worker = start();
  const exit = once(worker, 'exit').then(([code, signal]: (string | number | null)[]) => {
    throw new Refusal(`The worker ended with ${signal ?? code} before it was ready; the reason stands above.`);
  });
  await Promise.race([once(worker, 'message'), exit]);
  exit.catch(() => undefined); // from now on a death is answered below

  const watch = async (): Promise<void> => {
    let pause = PAUSE.first;
    for (;;) {
      const began = performance.now();
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit').catch(() => undefined); // an error: it could not be started
      if (stop.signal.aborted) return;
      if (performance.now() - began > HEALTHY) pause = PAUSE.first;
      log.error({ code: worker.exitCode, signal: worker.signalCode, pause }, 'the worker died and is started again');
      await setTimeout(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      pause = Math.min(pause * 2, PAUSE.longest);
      worker = start();
    }
  };
  const watching = watch();

  return async () => {
    stop.abort();
    worker.kill('SIGTERM');
    const late = globalThis.setTimeout(() => worker.kill('SIGKILL'), GRACE);
    await watching;
    clearTimeout(late);
  };
}
