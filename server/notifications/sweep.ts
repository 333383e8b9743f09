import type { EntityManager } from '@mikro-orm/postgresql';
import { MAX_TRIES } from './back-off.ts';
import { gaveUp, tellOfFailure } from './mark.ts';
import type { PlannedDelivery } from './plan.ts';
import type { SystemMail } from './system-mail.ts';
import { NOT_HELD } from './take.ts';
import { later } from '../words/say.ts';

/** At most so many at once; the rest is found five seconds later. */
const [EXPIRED_AT_ONCE, DUE_AT_ONCE] = [200, 1000];
const LOST = later('Its worker went silent while it was sent; it may have arrived.');

/**
 * Takes deliveries back from workers that went silent. Several sweepers at once share them.
 * @returns their ids
 */
export function takeBackLost(em: EntityManager, systemMails: readonly SystemMail[]): Promise<string[]> {
  return em.transactional(async em => {
    const lost = await em.execute<{ id: string; tries: number; state: 'retrying' | 'failed' }[]>(
      `with lost as (
         select id, lease from delivery where state = 'sending' and lease_until < now() order by id limit ${EXPIRED_AT_ONCE} for update skip locked)
       , ended as (update attempt a set outcome = 'lost', answer = ? from lost where a.id = lost.lease)
       update delivery d set state = case when tries < ? then 'retrying' else 'failed' end, reason = case when tries < ? then ? else ? end, lease = null, lease_until = null,
              next_try_at = now(), finished_at = case when tries < ? then null else now() end, version = version + 1
         from lost where d.id = lost.id returning d.id, d.tries, d.state`,
      [LOST, MAX_TRIES, MAX_TRIES, LOST, gaveUp(MAX_TRIES, LOST), MAX_TRIES],
    );
    for (const { id, tries } of lost.filter(({ state }) => state === 'failed'))
      await tellOfFailure(em, id, gaveUp(tries, LOST), systemMails);
    return lost.map(({ id }) => id);
  });
}

/** What should be in a queue by now: new ones that nobody queued, since Redis was away or lost them, and retries whose time has come; oldest first. */
export function dueDeliveries(em: EntityManager): Promise<PlannedDelivery[]> {
  return em.execute<PlannedDelivery[]>(
    `select d.id, d.provider from delivery d
      where (d.state = 'retrying' or d.state = 'queued' and d.created_at < now() - interval '10 seconds') and d.next_try_at <= now() and ${NOT_HELD}
      order by d.id limit ${DUE_AT_ONCE}`,
  );
}
