import type { EntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '#contract/events.ts';
import { record } from '../events/record.ts';
import { mailServerTrouble } from '../notifications/mail-server.ts';
import { SYSTEM } from '../platform/actor.ts';
import { ask } from '../platform/redis.ts';
import type { Tools } from '../platform/tools.ts';
import { listQueues } from '../queues/queries.ts';

/** What was seen of one thing. */
export interface Finding {
  id: string;
  ok: boolean;
  /** Writes down that it went wrong. */
  down: (em: EntityManager) => void;
  /** Writes down that it is well again, after so many seconds. */
  back: (em: EntityManager, seconds: number) => void;
}

/** Something that is looked at again and again, by one process at a time. */
export interface Vital {
  id: string;
  /** In seconds. */
  every: number;
  /** So many looks in a row have to agree before it counts as down, or as back: what flaps is not told of. */
  steady: number;
  /** @returns what can be said now; nothing of what cannot be judged */
  look: (em: EntityManager, tools: Tools) => Promise<Finding[]>;
}

type Dependency = Facts<'dependency.down'>['dependency'];
/** @param reason why it cannot be used; undefined: it can */
const dependencyFinding = (id: string, dependency: Dependency, reason: string | undefined): Finding => ({
  id,
  ok: reason === undefined,
  down: em => void record(em, SYSTEM, 'dependency.down', { dependency, reason: (reason ?? '').slice(0, 500) }),
  back: (em, seconds) => void record(em, SYSTEM, 'dependency.back', { dependency, seconds }),
});

async function redisTrouble({ redis }: Tools): Promise<string | undefined> {
  try {
    await ask(redis, client => client.ping());
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : String(error);
  }
}

/** A queue is backed up when its first job waits longer than that, and has caught up when none waits longer than this; in ms. */
const BACKED_UP = 5 * 60_000;
const CAUGHT_UP = 60_000;

/** A paused queue waits because somebody wants it to. */
async function queueFindings(em: EntityManager, tools: Tools): Promise<Finding[]> {
  const queues = await listQueues(em, tools);
  return queues.flatMap(({ name, waiting, oldestWaitMs, paused }) => {
    const wait = paused ? 0 : (oldestWaitMs ?? 0);
    if (paused || (wait > CAUGHT_UP && wait <= BACKED_UP)) return [];
    const seconds = Math.round(wait / 1000);
    return {
      id: `queue:${name}`,
      ok: wait <= CAUGHT_UP,
      down: (em: EntityManager) => void record(em, SYSTEM, 'queue.backed-up', { queue: name, waiting, seconds }),
      back: (em: EntityManager, after: number) => void record(em, SYSTEM, 'queue.caught-up', { queue: name, seconds: after }),
    };
  });
}

/** All that is looked at from within. PostgreSQL is not among them: while it is away nothing can be written down, see `tellOutage`. */
export const vitals: readonly Vital[] = [
  { id: 'redis', every: 8, steady: 3, look: async (_, tools) => [dependencyFinding('redis', 'Redis', await redisTrouble(tools))] },
  { id: 'queues', every: 8, steady: 2, look: queueFindings },
  {
    id: 'mail',
    every: 180,
    steady: 2,
    look: async (em, tools) => {
      const trouble = await mailServerTrouble(em, tools);
      return trouble === null ? [] : [dependencyFinding('mail', 'the mail server', trouble)];
    },
  },
];
