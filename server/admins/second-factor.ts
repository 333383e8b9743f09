/*
 * The one place that says whether somebody has a second factor and until when they need one: pieces of SQL over an admin `a`, for
 * whoever reads admins in bulk. An authenticator app counts once a code confirmed it; recovery codes are no factor of their own.
 */

export const HAS_APP = 'exists (select from totp t where t.admin_id = a.id and t.confirmed_at is not null)';
export const HAS_PASSKEY = 'exists (select from passkey k where k.admin_id = a.id)';
export const HAS_FACTOR = `(${HAS_APP} or ${HAS_PASSKEY})`;

/** Until when `a` has time to set one up: the shortest grace of their roles that ask for it. null: no role asks. */
export const DEMANDED_BY = `(select coalesce(a.second_factor_asked_at, now()) + make_interval(days => min(r.second_factor_grace_days))
   from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id and r.second_factor_demanded)`;
