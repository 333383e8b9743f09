import type { EntityManager } from '@mikro-orm/postgresql';
import { setTimeout } from 'node:timers/promises';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { endsWithin } from '../platform/ends-within.ts';
import type { Tools } from '../platform/tools.ts';
import { say } from '../words/say.ts';
import { checkVitals } from './check-vitals.ts';
import { SILENCE, type WorkerName, dismissWorker, hearWorker, missWorkers } from './workers.ts';

/**
 * `every`: how often everything is looked at, in ms. `outage`: how long PostgreSQL has to be away before that is told, in ms: the blink of
 * a restart is nobody's concern.
 */
const PACE = { every: 10_000, outage: 20_000 };
/** How long PostgreSQL may take to answer, and our end may wait for it, in ms. */
const PATIENCE = 5000;

/**
 * Tells that PostgreSQL was away and is back, once of all processes that saw it. While it is away there is nowhere to write that down.
 * @param awayMs how long this process could not reach it
 */
async function tellOutage(em: EntityManager, awayMs: number): Promise<void> {
  await em.transactional(async em => {
    const began = new Date((await databaseNow(em)).getTime() - awayMs);
    const told = await em.execute<{ id: string }[]>(
      `insert into vital (id, since) values ('postgresql', now())
       on conflict (id) do update set since = now() where vital.since < ? returning id`,
      [began.toISOString()],
    );
    if (told.length === 0) return;
    const seconds = Math.round(awayMs / 1000);
    const reason = say('It did not answer for {seconds} s. It does again.', { seconds });
    record(em, SYSTEM, 'dependency.down', { dependency: 'PostgreSQL', reason }).at = began;
    record(em, SYSTEM, 'dependency.back', { dependency: 'PostgreSQL', seconds });
  });
}

/** What one process sees, look by look. */
class Lookout {
  readonly #tools: Tools;
  readonly #worker: WorkerName | undefined;
  /** Since when PostgreSQL has been away, by this process' own clock. */
  #awaySince: number | undefined;
  /** Since when this process has been awake and has reached PostgreSQL: for as long as the others have had the time to do so too. */
  #steadySince = Date.now();
  #lastLook = Date.now();

  readonly #pace: typeof PACE;

  constructor(tools: Tools, worker: WorkerName | undefined, pace: typeof PACE) {
    this.#tools = tools;
    this.#pace = pace;
    this.#worker = worker;
  }

  async look(): Promise<void> {
    const { orm } = this.#tools;
    const slept = Date.now() - this.#lastLook > 3 * PACE.every;
    this.#lastLook = Date.now();
    if (!(await endsWithin(PATIENCE, orm.em.fork().execute('select 1')).catch(() => false))) {
      this.#awaySince ??= performance.now();
      return;
    }
    if (slept || this.#awaySince !== undefined) this.#steadySince = Date.now();
    if (this.#awaySince !== undefined && performance.now() - this.#awaySince >= this.#pace.outage)
      await tellOutage(orm.em.fork(), performance.now() - this.#awaySince);
    this.#awaySince = undefined;
    if (this.#worker) await hearWorker(orm.em.fork(), this.#worker);
    if (Date.now() - this.#steadySince > SILENCE * 1000) await missWorkers(orm.em.fork());
    await checkVitals(this.#tools);
  }
}

/**
 * Looks after what Quarterdeck stands on until it is ended, in servers and workers alike: when the last worker is gone, a server sees it.
 * @param worker this process, if it works
 * @returns what ends it
 */
export function keepWatch(tools: Tools, worker?: WorkerName, pace = PACE): () => Promise<void> {
  const stop = new AbortController();
  const lookout = new Lookout(tools, worker, pace);
  const watching = (async () => {
    while (!stop.signal.aborted) {
      await lookout.look().catch((error: unknown) => tools.log.debug({ err: error }, 'health: a look failed'));
      await setTimeout(pace.every, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stop.abort();
    await endsWithin(PATIENCE, watching);
    if (worker) await endsWithin(PATIENCE, dismissWorker(tools.orm.em.fork(), worker)).catch(() => false);
  };
}
