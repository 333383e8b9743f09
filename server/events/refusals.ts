import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import type { ProblemCode } from '#contract/problems.ts';
import type { Actor } from '../platform/actor.ts';
import type { Problem } from '../platform/problem.ts';
import { record } from './record.ts';

/**
 * What an auditor looks for among acts that came to nothing: reaching beyond one's rights or at somebody stronger, at oneself, at what
 * must not go, a wrong password where one must be given anew, and what failed on the server. What everybody meets
 * every day (a field in error, a conflict, a name taken, too fast) is not written down. Refused sign-ins and second factors have
 * events of their own.
 */
const TELLING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'beyond_your_rights',
  'stronger_than_you',
  'not_yourself',
  'last_superadmin',
  'built_in',
  'wrong_password',
  'internal',
]);

const MINUTE_MS = 60_000;
/** More doors than this are not knocked at within a minute by people; a flood of many makes older ones be told anew. */
const MOST = 10_000;
const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count));

/**
 * Writes refusals into the log without letting anybody flood it: the same one by the same person within a minute is told the first
 * time, and then at the tenth, the hundredth … with their number. Counted in this process alone, so that it needs nothing to be up.
 */
export class Refusals {
  readonly #counts = new Map<string, { since: number; count: number }>();

  /** @returns how often it happened within the minute, if that is to be told; 0 if not */
  #tell(key: string, now: number): number {
    const known = this.#counts.get(key);
    if (known && now - known.since < MINUTE_MS) {
      known.count += 1;
      return isPowerOfTen(known.count) ? known.count : 0;
    }
    if (this.#counts.size >= MOST) this.#counts.clear();
    this.#counts.set(key, { since: now, count: 1 });
    return 1;
  }

  /** Writes down that somebody was kept from something. @param route such as `GET /queues` */
  async denied(em: EntityManager, actor: Actor, permission: Permission, route: string, now = Date.now()): Promise<void> {
    const times = this.#tell([actor.id ?? actor.address, permission, route].join(' '), now);
    if (times === 0) return;
    record(em, actor, 'permission.denied', { permission, route, ...(times > 1 && { times }) });
    await em.flush();
  }

  /** Writes down that somebody tried to change something and did not succeed, if an auditor looks for such. */
  async refused(
    em: EntityManager,
    actor: Actor,
    { route, problem, objectId }: { route: string; problem: Problem; objectId?: string | undefined },
    now = Date.now(),
  ): Promise<void> {
    const { code, message } = problem;
    if (!TELLING.has(code)) return;
    const times = this.#tell([actor.id ?? actor.address, code, route, objectId].join(' '), now);
    if (times === 0) return;
    const reason = message.slice(0, 500);
    record(em, actor, 'act.refused', { route, code, reason, ...(objectId && { objectId }), ...(times > 1 && { times }) });
    await em.flush();
  }
}
