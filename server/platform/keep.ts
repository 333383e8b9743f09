import { setTimeout } from 'node:timers/promises';
import type { Log } from './log.ts';

const PAUSE = { first: 500, longest: 30_000 }; // ms between an end and the next start; doubled each time
const HEALTHY = 60_000; // ms of life after which an end is a first one again

/** A process of its own that can be started more than once. */
export interface Program {
  /** Resolves when it is ready for use. */
  start(): Promise<unknown>;
  /** Resolves when it has ended, whether it was asked to or not; at once when none runs. */
  ended(): Promise<unknown>;
  /** Makes it end, and resolves when it has. */
  stop(): Promise<unknown>;
}

/**
 * Starts a program and keeps it running: when it ends unasked it is started again, after a pause that grows.
 * @returns once it is ready, what stops it for good.
 * @throws what its first start throws.
 */
export async function keep(name: string, program: Program, log: Log): Promise<() => Promise<void>> {
  await program.start();
  const stop = new AbortController();
  const watching = watch(name, program, log, stop.signal);
  return async () => {
    stop.abort();
    await program.stop();
    await watching;
  };
}

async function watch(name: string, program: Program, log: Log, stop: AbortSignal): Promise<void> {
  let pause = PAUSE.first;
  let began = performance.now();
  for (;;) {
    await program.ended();
    if (stop.aborted) return;
    if (performance.now() - began > HEALTHY) pause = PAUSE.first;
    log.error({ program: name, pause }, 'a program that we need ended and is started again');
    await setTimeout(pause, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    pause = Math.min(pause * 2, PAUSE.longest);
    began = performance.now();
    await program.start().catch((err: unknown) => log.error({ err, program: name }, 'it could not be started'));
    if (stop.aborted) await program.stop(); // asked while it started
  }
}
