import type { EntityManager } from '@mikro-orm/postgresql';

/** Where the organisation's day, month and year began, and where its day ends, as moments. `?` is its time zone. */
const CALENDAR = `
  calendar as materialized (
    select date_trunc('day', local) at time zone zone as day, date_trunc('month', local) at time zone zone as month,
           date_trunc('year', local) at time zone zone as year, (date_trunc('day', local) + interval '1 day') at time zone zone as tomorrow
      from (select zone, now() at time zone zone as local from (select ?::text as zone) chosen) here)`;

/** How long an event may wait to be taken into the figures before they are no longer called current, in s. */
const LATEST = 30;
const WAITING = `
  select extract(epoch from now() - sealed_at)::float8 as waits
    from event_seal where seq > (select seq from projection_state where id = 1) order by seq limit 1`;

/**
 * Old figures must not pass for those of now.
 * @throws Error, in words for readers, while events of a while ago are not in the figures
 */
export async function demandCurrent(em: EntityManager): Promise<void> {
  const [oldest] = await em.execute<{ waits: number }[]>(WAITING);
  if (oldest && oldest.waits > LATEST)
    throw new Error(
      `Events of the last ${Math.max(1, Math.round(oldest.waits / 60))} min are not in the figures yet; the worker’s log says why.`,
    );
}

const INCOME = `
  with ${CALENDAR}
  select currency,
         coalesce(sum(case when refund then -amount else amount end) filter (where at >= day), 0)::float8 as today,
         coalesce(sum(case when refund then -amount else amount end) filter (where at >= month), 0)::float8 as month,
         sum(case when refund then -amount else amount end)::float8 as year,
         coalesce(sum(amount) filter (where refund and at >= month), 0)::float8 as refunded
    from projected_payment, calendar where at >= year and at < tomorrow group by currency order by sum(amount) desc, currency`;

export interface Income {
  currency: string;
  /** Paid less refunded, in the organisation's day, month and year. */
  today: number;
  month: number;
  year: number;
  /** Refunded in this month. */
  refunded: number;
}

/** What came in, each currency by itself, the one with most first. Sums are exact until they are handed out. */
export const incomes = (em: EntityManager, timeZone: string): Promise<Income[]> => em.execute<Income[]>(INCOME, [timeZone]);

const ORDERS = `
  with ${CALENDAR}
  select (select count(*)::int from projected_order, calendar where placed_at >= day and placed_at < tomorrow) as today,
         (select count(*)::int from projected_order where state = 'placed') as pending`;

/** Orders placed in the organisation's day, and those of which nothing was told but that they were placed. */
export async function orderCounts(em: EntityManager, timeZone: string): Promise<{ today: number; pending: number }> {
  const [counts] = await em.execute<{ today: number; pending: number }[]>(ORDERS, [timeZone]);
  return counts ?? { today: 0, pending: 0 };
}

const WORDS = `
  with ${CALENDAR}
  select count(*) filter (where verb = 'opened')::int as opened, count(*) filter (where verb = 'closed')::int as closed
    from projected_ticket_word, calendar where verb in ('opened', 'closed') and at >= day and at < tomorrow`;

/** Tickets opened and closed in the organisation's day. */
export async function ticketsToday(em: EntityManager, timeZone: string): Promise<{ opened: number; closed: number }> {
  const [counts] = await em.execute<{ opened: number; closed: number }[]>(WORDS, [timeZone]);
  return counts ?? { opened: 0, closed: 0 };
}

const DESK = `
  select nullif(left(department, 80), '') as department, count(*)::int as open, count(awaiting_since)::int as waiting,
         (extract(epoch from now() - min(awaiting_since)) * 1000)::float8 as longest
    from projected_ticket where open group by 1 order by waiting desc, open desc, department`;

export interface Desk {
  /** At most 80 characters of it; null where no event named one. */
  department: string | null;
  open: number;
  /** Open ones in which the client had the last word. */
  waiting: number;
  /** How long the first of them waits, in ms; null where none does. */
  longest: number | null;
}

/** Open tickets by the department they are with now, where most wait first. */
export const desks = (em: EntityManager): Promise<Desk[]> => em.execute<Desk[]>(DESK);

const BY_STATE = `
  select count(*) filter (where state = 'accepted')::int as accepted, count(*) filter (where state = 'cancelled')::int as cancelled,
         count(*) filter (where state = 'marked-as-fraud')::int as fraud
    from projected_order
   where state in ('accepted', 'cancelled', 'marked-as-fraud') and state_at >= now() - ? * interval '1 day' and state_at <= now()`;

/** What became of orders in the last so many days. */
export async function ordersByState(em: EntityManager, days: number): Promise<{ accepted: number; cancelled: number; fraud: number }> {
  const [counts] = await em.execute<{ accepted: number; cancelled: number; fraud: number }[]>(BY_STATE, [days]);
  return counts ?? { accepted: 0, cancelled: 0, fraud: 0 };
}

const OVERDUE = `
  select currency, count(*)::int as count, sum(amount)::float8 as amount
    from projected_invoice where state in ('created', 'overdue') and (state = 'overdue' or due < now()) and currency is not null
   group by currency order by count(*) desc, currency`;

export interface Overdue {
  currency: string;
  count: number;
  amount: number;
}

/** Invoices that are neither paid nor cancelled and past their day, or were told to be overdue; each currency by itself. */
export const overdueInvoices = (em: EntityManager): Promise<Overdue[]> => em.execute<Overdue[]>(OVERDUE);
