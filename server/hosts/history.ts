import type { EntityManager } from '@mikro-orm/postgresql';
import type { HostHistory } from '#contract/hosts.ts';

/** How long a check is kept, in days. */
const KEPT_DAYS = 14;
const FORGOTTEN_AT_ONCE = 5000;
const MOST_OUTAGES = 20;

/** How a host was: hour by hour, and when it was down. */
export async function historyOf(em: EntityManager, hostId: string): Promise<HostHistory> {
  const hours = await em.execute<{ at: string; checks: number; failed: number; ms: number | null }[]>(
    `select date_trunc('hour', at) as at, count(*)::int as checks, count(reason)::int as failed,
            (avg(ms) filter (where reason is null))::int as ms
       from host_check where host_id = ? and at > now() - interval '24 hours' group by 1 order by 1`,
    [hostId],
  );
  const outages = await em.execute<{ from: string; to: string | null; reason: string | null }[]>(
    `select at as "from", reason, (select min(at) from host_check back where back.host_id = down.host_id and turned = 'back' and back.at > down.at) as "to"
       from host_check down where host_id = ? and turned = 'down' order by at desc limit ${MOST_OUTAGES}`,
    [hostId],
  );
  const iso = (text: string): string => new Date(text).toISOString();
  return {
    hours: hours.map(({ at, checks, failed, ms }) => ({ at: iso(at), checks, failed, ms })),
    outages: outages.map(({ from, to, reason }) => ({ from: iso(from), to: to === null ? null : iso(to), reason: reason ?? '' })),
  };
}

/** Lets go of checks that are older than two weeks; when a host went down or came back is kept for a year. @returns how many went */
export async function forgetChecks(em: EntityManager): Promise<number> {
  const gone = await em.execute<{ id: string }[]>(
    `delete from host_check where id in (select id from host_check
        where at < now() - case when turned is null then make_interval(days => ${KEPT_DAYS}) else interval '1 year' end limit ${FORGOTTEN_AT_ONCE}) returning id`,
  );
  return gone.length;
}
