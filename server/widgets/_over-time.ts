import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import type { Lamp, TimeRange, Figures } from '#contract/widgets.ts';

type Ranges = Figures<'series'>['ranges'];

/** A stretch of time that ends now, in steps. */
interface Steps {
  id: TimeRange;
  /** When each step began, in ms. */
  at: number[];
}

/**
 * The steps of each stretch. Minutes and hours have one length; quarters of a day and days begin as the organisation's clock has
 * them, so that they are shorter or longer where it is changed. `?` is its time zone.
 */
const STEPS = `
  with here as (select zone, now() at time zone zone as local from (select ?::text as zone) chosen),
  steps as (
    select '1h' as id, generate_series(date_trunc('minute', now()) - interval '59 minutes', now(), interval '1 minute') as at
    union all
    select '24h', generate_series(date_trunc('hour', now(), zone) - interval '23 hours', now(), interval '1 hour') from here
    union all
    select '7d', generate_series(
        date_trunc('day', local) + floor(extract(hour from local) / 6) * interval '6 hours' - interval '162 hours', local, interval '6 hours'
      ) at time zone zone from here
    union all
    select '30d', generate_series(date_trunc('day', local) - interval '29 days', local, interval '1 day') at time zone zone from here)
  select id, jsonb_agg(distinct floor(extract(epoch from at) * 1000)::bigint) as at from steps group by id order by min(at) desc`;

/** Something that is counted: as the query calls it, and as people do. */
export interface Kind {
  id: string;
  label: string | InEach;
  lamp?: Lamp;
}

interface Counted {
  /** Selects `kind`, `at` and `amount` of what happened from `?` on and not later than now. */
  query: string;
  /** In the order in which they are drawn. */
  kinds: readonly Kind[];
  timeZone: string;
  /** Before it nobody counted, which is not the same as that nothing happened. */
  since?: Date | null;
}

async function amounts(em: EntityManager, at: readonly number[], query: string): Promise<Map<string, number>> {
  const moments = at.map(ms => new Date(ms).toISOString());
  const rows = await em.execute<{ kind: string; step: number; amount: number }[]>(
    `select kind, width_bucket(at, ?::timestamptz[]) as step, sum(amount)::float8 as amount from (${query}) found group by 1, 2`,
    [`{${moments.join(',')}}`, moments[0]],
  );
  return new Map(rows.map(({ kind, step, amount }) => [`${kind} ${step - 1}`, amount]));
}

/** Adds up what happened by kind and step, exactly. A stretch in which nothing did has no series. */
export async function overTime(em: EntityManager, { query, kinds, timeZone, since }: Counted): Promise<Ranges> {
  const ranges: Ranges = [];
  for (const { id, at } of await em.execute<Steps[]>(STEPS, [timeZone])) {
    const found = await amounts(em, at, query);
    const unknown = (step: number): boolean => since != null && (at[step + 1] ?? Infinity) <= since.getTime();
    const valueOf = (kind: string, step: number): number | null => found.get(`${kind} ${step}`) ?? (unknown(step) ? null : 0);
    const series = kinds.map(({ id: kind, ...said }) => ({ ...said, values: at.map((_, step) => valueOf(kind, step)) }));
    ranges.push({ id, at, series: found.size > 0 ? series : [] });
  }
  return ranges;
}
