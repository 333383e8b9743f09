/**
 * Loaded into a process by `--import`, before its own code: tells the parent what the process costs, and ends it with
 * the parent. A process's own children inherit the import, but are not what is watched: there it does nothing.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answer } from './process/rpc.ts';

/** Microseconds of CPU of all the process's threads, since it started. */
export interface Cpu {
  user: number;
  system: number;
}

/** Bytes after garbage collection. */
export interface Memory {
  heapUsed: number;
  external: number;
  rss: number;
}

const GC_ROUNDS = 4;
const delays = monitorEventLoopDelay({ resolution: 10 });

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as typeof globalThis.gc;
  if (!gc) throw new Error('This Node has no gc().');
  for (let round = 0; round < GC_ROUNDS; round++) void gc();
}

const operations = {
  cpu: (): Cpu => process.cpuUsage(),
  memory: (): Memory => {
    collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heapUsed, external, rss };
  },
  /** The product's own counts, in the text form of Prometheus: for processes of the product that answer no requests. */
  metrics: async (): Promise<string> => (await import('#server/platform/metrics.ts')).metricsText(),
  /** Begins to watch for pauses of the event loop. */
  watchPauses: (): void => {
    delays.reset();
    delays.enable();
  },
  /** The longest pause since {@link watchPauses}, in ms; stops watching, since the watch itself costs CPU. */
  longestPause: (): number => {
    delays.disable();
    return delays.max / 1e6;
  },
};
export type Probe = typeof operations;

if (process.send && process.ppid === Number(process.env.BENCH_PID)) {
  answer('probe', operations);
  process.channel?.unref();
  process.once('disconnect', () => process.exit()); // the benchmark is gone, however it ended
}
