import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '../platform/db/columns.ts';
import type { Log } from '../platform/log.ts';

/** The right to send one delivery, for as long as it is renewed. */
export interface Claim {
  id: string;
  /** The attempt that was begun with it. */
  lease: string;
  /** This one included. */
  tries: number;
}

/** How long a worker may be silent before another may take over, and how often it speaks: five missed words are none by chance. */
const RENEW_EVERY = 2000; // ms
const LEASE = `interval '8 seconds'`;

/** A provider that waits, by its own wish or for a person, is asked for nothing. Expects `d` for the delivery. */
export const NOT_HELD = `not exists (select from provider_activation p where p.id = d.provider and (p.paused_at is not null or p.held_until > now()))`;

/**
 * This commit is not waited for until the disk has it, which would take as long as the rest of the try. A claim that is lost with the
 * machine is one whose worker died before the mark; the mark is waited for, and the disk has with it all that came before.
 */
const UNHURRIED = `set_config('synchronous_commit', 'off', true)`;

/** Takes a delivery that is due; of many who ask at once one gets it. Begins its attempt in the same statement. */
export async function take(em: EntityManager, id: string): Promise<Claim | undefined> {
  const lease = uuidv7();
  const [taken] = await em.execute<{ tries: number }[]>(
    `with taken as (
       update delivery d set state = 'sending', reason = null, tries = tries + 1, lease = ?, lease_until = now() + ${LEASE}, version = version + 1
        where id = ? and state in ('queued', 'retrying') and next_try_at <= now() and ${NOT_HELD} returning id, tries)
     , begun as (
       insert into attempt (id, delivery_id, number, started_at)
       select ?, id, (select coalesce(max(number), 0) + 1 from attempt where delivery_id = taken.id), now() from taken)
     select tries, ${UNHURRIED} from taken`,
    [lease, id, lease],
  );
  return taken && { id, lease, tries: taken.tries };
}

/**
 * Keeps a claim alive. A renewal that fails is left to the next: the claim itself is judged at the mark.
 * @returns what lets go of it
 */
export function keep(em: EntityManager, { id, lease }: Claim, log: Pick<Log, 'warn'>): () => void {
  const renew = (): void => {
    em.fork()
      .execute(`update delivery set lease_until = now() + ${LEASE} where id = ? and lease = ?`, [id, lease])
      .catch((error: unknown) => log.warn({ err: error, delivery: id }, 'deliver: lease not renewed'));
  };
  const timer = setInterval(renew, RENEW_EVERY);
  return () => clearInterval(timer);
}
