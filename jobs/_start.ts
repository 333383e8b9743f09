import { randomUUID } from 'node:crypto';
import { REBUILD, requestRebuild } from '#server/dashboard/rebuild.ts';
import { Extensions } from '#server/extensions/Extensions.ts';
import { endsWithin } from '#server/platform/ends-within.ts';
import { loadDirectory } from '#server/platform/load-directory.ts';
import type { Tools } from '#server/platform/tools.ts';
import { Tally } from '#server/queues/tally.ts';
import { sayAlive, sayGone } from '#server/queues/roll-call.ts';
import type { OpenTools } from '#server/tools.ts';
import type { Widget } from '#server/widgets/_widget.ts';
import { keepSchedules, keepThroughOutages } from './_schedules.ts';
import { type Work, startWorker } from './_worker.ts';
import { type Job, type Watch, type WorkTools, isWork } from './job.ts';

/** How often a worker says that it is alive, in ms. */
const BEAT = 5000;
/** How often it writes down what it did, in ms. */
const COUNTING = 10_000;
/** How long the jobs in hand may take when it stops, in ms; they are called off after that, and taken up again by others. */
const GRACE = 10_000;
/** How long a Redis that stands still may hold up its end, in ms. */
const PATIENCE = 2000;

export interface WorkOptions {
  /** The operator's folder, whose `widgets/` are loaded after ours. */
  extensionsDir?: string;
  /** Whether a file that is saved there counts at once. */
  watch?: boolean;
  /** Instead of those in the folders. */
  widgets?: ReadonlyMap<string, Widget>;
  /** Whether work begins by itself: what is due by the clock, and events as they come. It does, where nothing is said. */
  byItself?: boolean;
}

/** All work there is, by the files' names. @throws Refusal that names the file at fault */
const loadWork = (): Promise<Map<string, Job | Watch>> =>
  loadDirectory([import.meta.dirname], { what: 'a job', isEntry: isWork, except: ['index', 'job'] });

/**
 * Starts a worker for every queue, and what else works by itself.
 * @returns what stops it all: jobs in hand are finished, for at most 10 s.
 */
export async function startWorkers({ tools, consumer }: OpenTools, options: WorkOptions = {}): Promise<{ stop(): Promise<void> }> {
  await using stack = new AsyncDisposableStack(); // also when starting fails half-way
  const { byItself = true } = options;
  const work = [...(await loadWork()).values()];
  const extensions = options.widgets ? undefined : await Extensions.open(options.extensionsDir ?? 'extensions', tools.log);
  if (extensions) stack.defer(() => extensions.end());
  const workTools: WorkTools = { ...tools, widgets: options.widgets ?? extensions?.widgets ?? new Map<string, Widget>() };

  const tally = new Tally();
  stack.defer(keepTally(tally, tools));
  const begun: Work[] = [];
  stack.defer(() => finish(begun));
  const queues = await queuesOf(work);
  const keepAll = async (): Promise<void> => {
    for (const { job, name } of queues) await keepSchedules(tools.producer, name, byItself ? job.schedules(workTools) : []);
  };
  await keepAll();
  stack.defer(keepThroughOutages(tools.redis, keepAll, tools.log));
  for (const { job, name } of queues) begun.push(startWorker(job, name, workTools, consumer, tally));
  stack.defer(
    await keepSayingAlive(
      tools,
      begun.map(({ worker }) => worker.name),
    ),
  );
  for (const entry of byItself ? work.filter(entry => entry.kind === 'watch') : []) stack.defer(await entry.start(workTools));
  const rebuilding = work.find(entry => entry.kind === 'job' && entry.id === REBUILD);
  if (options.watch === true && extensions && rebuilding?.kind === 'job') {
    const schedules = rebuilding.schedules;
    stack.defer(
      extensions.watch(async changed => {
        for (const id of changed) if (workTools.widgets.has(id)) await requestRebuild(tools.producer, id);
        await keepSchedules(tools.producer, REBUILD, schedules(workTools));
      }),
    );
  }

  const running = stack.move();
  return { stop: () => running.disposeAsync() };
}

/** Every queue there is to work on, with its job. */
async function queuesOf(work: readonly (Job | Watch)[]): Promise<{ job: Job; name: string }[]> {
  const named = await Promise.all(
    work.filter(entry => entry.kind === 'job').map(async job => (await job.queues()).map(name => ({ job, name }))),
  );
  return named.flat();
}

/** Lets the jobs in hand end; those that do not are called off, and others take them up when their locks have run out. */
async function finish(begun: readonly Work[]): Promise<void> {
  const workers = begun.map(({ worker }) => worker);
  const paused = Promise.allSettled(workers.map(worker => worker.pause()));
  // with no job in hand only Redis can hold it up
  if (await endsWithin(GRACE, Promise.race([paused, Promise.all(begun.map(work => work.idle()))]))) await endsWithin(PATIENCE, paused);
  for (const worker of workers) worker.cancelAllJobs('the worker stops');
  await endsWithin(PATIENCE, Promise.all(workers.map(worker => worker.close(true))));
}

/** Writes down what was done, again and again. @returns what ends it, with the rest */
function keepTally(tally: Tally, { orm, log }: Tools): () => Promise<void> {
  const writeDown = (): Promise<void> =>
    tally.writeDown(orm.em.fork()).catch((error: unknown) => log.debug({ err: error }, 'worker: what it did could not be written down'));
  const timer = setInterval(() => void writeDown(), COUNTING);
  return async () => {
    clearInterval(timer);
    await endsWithin(PATIENCE, writeDown());
  };
}

async function keepSayingAlive({ redis, producer, log }: Tools, queues: readonly string[]): Promise<() => Promise<void>> {
  const id = randomUUID();
  const beat = (): Promise<void> =>
    sayAlive(redis, producer.prefix, id, queues).catch((error: unknown) =>
      log.debug({ err: error }, 'worker: could not say that it is alive'),
    );
  await beat();
  const timer = setInterval(() => void beat(), BEAT);
  return async () => {
    clearInterval(timer);
    await endsWithin(
      PATIENCE,
      sayGone(redis, producer.prefix, id, queues).catch(() => undefined),
    ); // silence says the same, a little later
  };
}
