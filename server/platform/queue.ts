import { type ConnectionOptions, type JobsOptions, Queue } from 'bullmq';
import { Problem } from './problem.ts';
import { say } from '../words/say.ts';

/** What the keys of our queues begin with in Redis. */
const QUEUE_PREFIX = 'quarterdeck:queue';

/** The longest anybody waits for a job to be queued, in ms. */
const PATIENCE = 2000;

/** How many jobs that are done, and how many that failed, are kept to look at. */
const KEEP = { count: 1000 };

export interface AddOptions {
  /** What the job is about. One with the same key that still waits makes this one needless; one that runs is followed by one more run. */
  key?: string;
  /** A row's id, where the row owns the work: once in the queue at a time, tried once, gone when done. Not only digits, no colon. */
  id?: string;
  /** Not before this many ms have passed. */
  delayMs?: number;
}

const ofRow = (id: string): JobsOptions => ({ jobId: id, attempts: 1, removeOnComplete: true, removeOnFail: true });

function jobOptions({ key, id, delayMs }: AddOptions): JobsOptions {
  return {
    ...(id === undefined ? {} : ofRow(id)),
    // One that waits for a later time, after a failure say, is brought forward by one that is wanted now.
    ...(key === undefined ? {} : { deduplication: { id: key, keepLastIfActive: true, reschedule: delayMs === undefined } }),
    ...(delayMs === undefined ? {} : { delay: delayMs }),
  };
}

/** Puts work into the queues. It fails at once while Redis is away: whoever must not lose work has it in PostgreSQL. */
export class Producer {
  readonly prefix: string;
  readonly #connection: ConnectionOptions;
  readonly #queues = new Map<string, Queue>();

  /** @param connection refuses commands while Redis is away instead of keeping them; it stays the caller's to close. */
  constructor(connection: ConnectionOptions, prefix = QUEUE_PREFIX) {
    this.#connection = connection;
    this.prefix = prefix;
  }

  /** The queue of a name, as BullMQ has it: to be looked at, and to be given schedules. */
  queue(name: string): Queue {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: this.#connection,
      prefix: this.prefix,
      defaultJobOptions: {
        attempts: 5,
        backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
        removeOnComplete: KEEP,
        removeOnFail: KEEP,
      },
    });
    queue.on('error', () => undefined); // the connection logs its own outage, and each call says by itself that it failed
    this.#queues.set(name, queue);
    return queue;
  }

  /** @throws Problem `unavailable` when the job is not queued for certain */
  async add(queue: string, payload: object, options: AddOptions = {}): Promise<void> {
    await soon(this.queue(queue).add(queue, payload, jobOptions(options)));
  }

  /** @throws Problem `unavailable` when they are not queued for certain */
  async addMany(queue: string, jobs: readonly { payload: object; id?: string }[]): Promise<void> {
    if (jobs.length === 0) return;
    const those = jobs.map(({ payload, id }) => ({ name: queue, data: payload, opts: id === undefined ? {} : ofRow(id) }));
    // A Redis that was restarted has lost BullMQ's scripts, and in a transaction BullMQ does not bring them back; one by one it does.
    const oneByOne = (): Promise<unknown> => Promise.all(those.map(({ name, data, opts }) => this.queue(queue).add(name, data, opts)));
    await soon(this.queue(queue).addBulk(those).catch(oneByOne));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map(queue => queue.close()));
    this.#queues.clear();
  }
}

/** Waits for Redis' answer, but not for long: a Redis that stands still counts as one that is away. */
async function soon(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    await Promise.race([answer, late]);
  } catch (cause) {
    throw new Problem('unavailable', { detail: say('The work could not be queued, since Redis does not take it.') }, { cause });
  } finally {
    clearTimeout(timer);
  }
}
