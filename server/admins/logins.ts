import type { EntityManager } from '@mikro-orm/postgresql';
import { EventSeal } from '../events/Event.ts';
import type { Admin } from './Admin.ts';

/** What somebody did at the door themselves. */
const OWN = ['session.started', 'session.ended', 'second-factor.refused', 'recovery-code.used'];
/** What somebody did there under one of their names: nobody knows who it was. */
const UNDER_A_NAME = ['session.refused', 'session.locked-out'];

/** How an account was signed in to, or was not, newest first: at most `limit` numbered events before the one numbered `before`. */
export async function loginsOf(
  em: EntityManager,
  { id, username, email }: Admin,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<EventSeal[]> {
  const rows = await em.execute<{ seq: string }[]>(
    `select s.seq from event_seal s
      where (?::bigint is null or s.seq < ?)
        and s.event_id in (select id from event where actor_id = ? and type in (?)
                           union all
                           select id from event where type in (?) and lower(facts->>'login') in (lower(?), lower(?)))
      order by s.seq desc limit ?`,
    [before ?? null, before ?? null, id, OWN, UNDER_A_NAME, username, email, limit],
  );
  return em.find(EventSeal, { seq: { $in: rows.map(({ seq }) => Number(seq)) } }, { orderBy: { seq: 'desc' }, populate: ['event'] });
}
