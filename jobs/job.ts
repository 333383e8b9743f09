import type { EntityManager } from '@mikro-orm/postgresql';
import { UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import type { Tools } from '#server/platform/tools.ts';
import type { Widget } from '#server/widgets/_widget.ts';

/** What all work here shares. */
export interface WorkTools extends Tools {
  /** By id. */
  widgets: ReadonlyMap<string, Widget>;
}

export interface JobTools extends WorkTools {
  /** Of this run alone. */
  em: EntityManager;
  /** Aborted when the run is called off: its worker stops and has waited long enough. */
  signal: AbortSignal;
}

/** A run at fixed intervals, of all workers together. */
export interface Schedule {
  /** Its name within its queue. */
  id: string;
  /** In ms. */
  every: number;
  payload: object;
}

/** Work that waits in a queue. */
export interface Job {
  kind: 'job';
  /** Its file's name, and its queue's. */
  id: string;
  /** How many of one queue run in one worker at once. */
  concurrency: number;
  schedules: (tools: WorkTools) => Schedule[];
  /** Names of the queues. */
  queues: () => Promise<string[]>;
  run: (payload: unknown, tools: JobTools) => Promise<void>;
}

interface JobSpec<P extends z.ZodType> {
  id: string;
  /** What a job of this kind carries: ids, nothing that may have changed when it runs. */
  payload: P;
  /** 1 where nothing else is said. */
  concurrency?: number;
  /** Runs by itself every so many ms, with an empty payload. */
  every?: number;
  /** Schedules that are known at start only. */
  schedules?: (tools: WorkTools) => Schedule[];
  /** A queue each, `<id>-<lane>`, so that a slow lane holds up no other. */
  lanes?: () => string[] | Promise<string[]>;
  /** Claims, acts, marks. May run twice. What it throws is tried again later, up to five times in all. @throws TryLater */
  run: (payload: z.output<P>, tools: JobTools) => Promise<void>;
}

/** Makes a job of its description; each file here has one as its default export. */
export function job<P extends z.ZodType>({ id, payload, concurrency = 1, every, schedules, lanes, run }: JobSpec<P>): Job {
  return {
    kind: 'job',
    id,
    concurrency,
    schedules: tools => [...(every === undefined ? [] : [{ id, every, payload: {} }]), ...(schedules?.(tools) ?? [])],
    queues: async () => (lanes ? (await lanes()).map(lane => `${id}-${lane}`) : [id]),
    run: async (given, tools) => {
      const { data, error } = payload.safeParse(given);
      if (error) throw new UnrecoverableError(`the payload is not one of ${id}: ${z.prettifyError(error)}`);
      await run(data, tools);
    },
  };
}

/** Thrown by a run: the same job again after so many ms, and this run does not count as a try. */
export class TryLater extends Error {
  override name = 'TryLater';
  readonly ms: number;
  constructor(ms: number, options?: ErrorOptions) {
    super(`to be tried again in ${ms} ms`, options);
    this.ms = ms;
  }
}

/** Work that is woken by something else than a queue. */
export interface Watch {
  kind: 'watch';
  /** Its file's name. */
  id: string;
  /** @returns what ends it, after the work in hand. */
  start: (tools: WorkTools) => Promise<() => Promise<void>>;
}

export const watch = (spec: Omit<Watch, 'kind'>): Watch => ({ kind: 'watch', ...spec });

export const isWork = (value: unknown): value is Job | Watch =>
  typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'job' || value.kind === 'watch');
