/*
 * The one place that says whether somebody has a second factor and until when they need one: pieces of SQL over an admin `a`, for
 * whoever reads admins in bulk. An authenticator app counts once a code confirmed it; recovery codes are no factor of their own.
 */

/** Whether `a` has one. */
export const HAS_FACTOR = `(exists (select from totp t where t.admin_id = a.id and t.confirmed_at is not null)
  or exists (select from passkey k where k.admin_id = a.id))`;

/** Until when `a` has time to set one up: the shortest grace of their roles that ask for it. null: no role asks. */
export const DEMANDED_BY = `(select coalesce(a.second_factor_asked_at, now()) + make_interval(days => min(r.second_factor_grace_days))
   from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id and r.second_factor_demanded)`;

/** `on`: has one. `off`: has none, and needs none. `due`: a role asks for one. `overdue`: nothing else opens before it is set up. */
export const FACTOR_STATE = `case when ${HAS_FACTOR} then 'on' else
  (select case when d.by is null then 'off' when d.by > now() then 'due' else 'overdue' end from (select ${DEMANDED_BY} as by) d) end`;
