/** Beyond this, an order or a ticket that nobody finished counts as forgotten rather than open. */
export const OPEN_DAYS = 90;

/** Where the organisation's day, month and year began, and where its day ends, as moments. `?` is its time zone. */
const CALENDAR = `
  calendar as (
    select date_trunc('day', local) at time zone zone as day, date_trunc('month', local) at time zone zone as month,
           date_trunc('year', local) at time zone zone as year, (date_trunc('day', local) + interval '1 day') at time zone zone as tomorrow
      from (select zone, now() at time zone zone as local from (select ?::text as zone) chosen) here)`;

/** Parameter: time zone. Placed today, and those whose latest event is still that they were placed. */
export const ORDERS = `
  with ${CALENDAR},
  latest as (
    select distinct on (facts->>'order') type from event, calendar
     where type in ('order.placed', 'order.accepted', 'order.cancelled', 'order.marked-as-fraud')
       and at >= now() - interval '${OPEN_DAYS} days' and at < tomorrow
     order by facts->>'order', at desc, id desc)
  select (select count(*)::int from event, calendar where type = 'order.placed' and at >= day and at < tomorrow) as today,
         (select count(*)::int from latest where type = 'order.placed') as pending`;

/** Parameter: time zone. Paid less refunded, each currency by itself. */
export const INCOME = `
  with ${CALENDAR},
  paid as (
    select at, facts->'total'->>'currency' as currency,
           (facts->'total'->>'amount')::numeric * case type when 'invoice.refunded' then -1 else 1 end as amount
      from event, calendar where type in ('invoice.paid', 'invoice.refunded') and at >= year and at < tomorrow)
  select currency, coalesce(sum(amount) filter (where at >= day), 0)::float8 as today,
         coalesce(sum(amount) filter (where at >= month), 0)::float8 as month, sum(amount)::float8 as year
    from paid, calendar group by currency order by sum(amount) desc, currency`;

/** Parameter: time zone. Opened today. */
export const TICKETS_OPENED = `
  with ${CALENDAR} select count(*)::int as today from event, calendar where type = 'ticket.opened' and at >= day and at < tomorrow`;

/** Tickets that are not closed and whose last word is the client's, by the department they are with. */
export const TICKETS_AWAITING = `
  with said as (
    select type, at, id, facts->>'ticket' as ticket, facts->>'department' as department, facts->>'by' as by
      from event where type like 'ticket.%' and at >= now() - interval '${OPEN_DAYS} days'),
  turn as (
    select distinct on (ticket) ticket, type, by from said
     where type in ('ticket.opened', 'ticket.replied', 'ticket.closed') order by ticket, at desc, id desc),
  place as (
    select distinct on (ticket) ticket, department from said where department is not null order by ticket, at desc, id desc)
  select coalesce(department, '') as department, count(*)::int as waiting
    from turn left join place using (ticket) where type <> 'ticket.closed' and by is distinct from 'staff'
   group by 1 order by 2 desc, 1`;
