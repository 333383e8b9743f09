import type { EntityManager } from '@mikro-orm/postgresql';
import type { Want } from '#contract/factors.ts';
import { LANGUAGES, type Language, languageOf } from '#contract/languages.ts';
import type { Permission } from '#contract/permissions.ts';
import { DEMANDED_BY, HAS_FACTOR } from '../admins/second-factor.ts';
import { effectiveOf } from '../roles/Role.ts';
import { later } from '../words/say.ts';

/** A session, its person and their rights as they are now, read in one statement. */
export interface Standing {
  sessionId: string;
  adminId: string;
  username: string;
  name: string;
  roles: string[];
  avatar: string | null;
  permissions: ReadonlySet<Permission>;
  superadmin: boolean;
  authEpoch: number;
  rightsEpoch: number;
  /** The name of whoever changed their rights last. */
  rightsChangedBy?: string;
  profileVersion: number;
  /** Their choice, else the organisation's. */
  language: Language;
  expiresAt: Date;
  idleUntil: Date;
  lastSeenAt: Date;
  /** Whether the person proved within the last ten minutes who they are. */
  confirmed: boolean;
  /** Half signed in: what has to be given first. */
  wants?: Want;
  /** Until when they may go on without a second factor; absent where there is one, or none is asked for. */
  enrolBy?: Date;
  /** Whether it is written down that a second factor is asked for. */
  askedToEnrol: boolean;
  /** By the database's clock. */
  now: Date;
  live: boolean;
  /** Why it is over, as words for the person, and when somebody ended it. */
  reason?: string;
  endedAt?: Date;
}

/** Moments come as text from a plain statement, in PostgreSQL's form, which `Date` reads. */
interface Row {
  id: string;
  admin_id: string;
  username: string;
  first_name: string;
  last_name: string;
  avatar: string | null;
  expires_at: string;
  idle_until: string;
  last_seen_at: string;
  confirmed: boolean;
  ended_at: string | null;
  ended_because: string | null;
  session_epoch: number;
  auth_epoch: number;
  rights_epoch: number;
  rights_changed_by: string | null;
  version: number;
  language: string;
  disabled_at: string | null;
  level: 'password' | 'full';
  must_change_password: boolean;
  has_factor: boolean;
  demanded_by: string | null;
  asked: boolean;
  now: string;
  roles: { name: string; superadmin: boolean; permissions: string[] }[];
}

/** How long a proof of who it is holds, in seconds. */
export const CONFIRMED_SECONDS = 600;

const SELECT = `
  select s.id, s.admin_id, s.expires_at, s.last_seen_at + make_interval(secs => s.idle_seconds) as idle_until, s.last_seen_at,
         s.confirmed_at > now() - make_interval(secs => ${CONFIRMED_SECONDS}) as confirmed,
         s.ended_at, s.ended_because, s.auth_epoch as session_epoch,
         a.username, a.first_name, a.last_name, a.avatar, a.auth_epoch, a.rights_epoch, a.rights_changed_by, a.version, a.disabled_at,
         coalesce(a.language, (select o.language from organisation o where o.id = 1), 'en') as language, now() as now,
         s.level, a.must_change_password, a.second_factor_asked_at is not null as asked, ${HAS_FACTOR} as has_factor, ${DEMANDED_BY} as demanded_by,
         coalesce((select json_agg(json_build_object('name', r.name, 'superadmin', r.superadmin, 'permissions', r.permissions) order by r.name)
                     from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id), '[]') as roles
    from session s join admin a on a.id = s.admin_id`;

function over(row: Row): string | undefined {
  if (row.ended_at) return row.ended_because ?? later('You signed out.');
  if (row.disabled_at) return later('Your account was disabled.');
  if (row.session_epoch !== row.auth_epoch) return later('You were signed out because your password changed.');
  const now = new Date(row.now);
  if (new Date(row.expires_at) <= now) return later('You were signed out because the session had reached its longest time.');
  if (new Date(row.idle_until) <= now) return later('You were signed out because nothing happened for a while.');
  return undefined;
}

/** Who somebody is comes first, then what others could know, then what is missing. */
function wantOf(row: Row, enrolBy: Date | undefined): Want | undefined {
  if (row.level === 'password') return 'second-factor';
  if (row.must_change_password) return 'new-password';
  return enrolBy !== undefined && enrolBy <= new Date(row.now) ? 'enrol' : undefined;
}

function standingOf(row: Row): Standing {
  const enrolBy = row.has_factor || row.demanded_by === null ? undefined : new Date(row.demanded_by);
  const want = wantOf(row, enrolBy);
  const reason = over(row);
  return {
    sessionId: row.id,
    adminId: row.admin_id,
    username: row.username,
    name: `${row.first_name} ${row.last_name}`,
    roles: row.roles.map(role => role.name),
    avatar: row.avatar,
    permissions: effectiveOf(row.roles),
    superadmin: row.roles.some(role => role.superadmin),
    authEpoch: row.auth_epoch,
    rightsEpoch: row.rights_epoch,
    ...(row.rights_changed_by === null ? {} : { rightsChangedBy: row.rights_changed_by }),
    profileVersion: row.version,
    language: languageOf(row.language) ?? LANGUAGES[0],
    expiresAt: new Date(row.expires_at),
    idleUntil: new Date(row.idle_until),
    lastSeenAt: new Date(row.last_seen_at),
    confirmed: row.confirmed,
    askedToEnrol: row.asked,
    ...(want && { wants: want }),
    ...(enrolBy && { enrolBy }),
    now: new Date(row.now),
    live: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    ...(row.ended_at !== null && { endedAt: new Date(row.ended_at) }),
  };
}

/** The session that a cookie opens, also when it is over; `undefined` when there never was one. */
export async function standingByToken(em: EntityManager, tokenHash: Buffer): Promise<Standing | undefined> {
  const [row] = await em.getConnection().execute<Row[]>(`${SELECT} where s.token_hash = ?`, [tokenHash], 'all', em.getTransactionContext());
  return row && standingOf(row);
}

/** A session as somebody who holds a socket open knows it. */
export type KnownSession = Pick<Standing, 'sessionId' | 'authEpoch' | 'rightsEpoch' | 'profileVersion'>;

const arrayOf = (values: readonly (string | number)[]): string => `{${values.join(',')}}`;

/**
 * Which of these sessions are not any more what they are known as: ended, run out, only half signed in, or of a person about whom something changed. All of
 * them are judged in the database, which answers with the few that differ, mostly none.
 */
export async function movedSessions(em: EntityManager, known: readonly KnownSession[]): Promise<string[]> {
  if (known.length === 0) return [];
  const rows = await em.execute<{ id: string }[]>(
    `select k.id from unnest(?::uuid[], ?::int[], ?::int[], ?::int[]) as k(id, auth, rights, version)
       left join session s on s.id = k.id left join admin a on a.id = s.admin_id
      where s.id is null or s.ended_at is not null or s.expires_at <= now() or s.last_seen_at + make_interval(secs => s.idle_seconds) <= now()
         or a.disabled_at is not null or s.auth_epoch <> a.auth_epoch or a.must_change_password or s.level <> 'full'
         or (a.auth_epoch, a.rights_epoch, a.version) is distinct from (k.auth, k.rights, k.version)`,
    [
      arrayOf(known.map(({ sessionId }) => sessionId)),
      arrayOf(known.map(({ authEpoch }) => authEpoch)),
      arrayOf(known.map(({ rightsEpoch }) => rightsEpoch)),
      arrayOf(known.map(({ profileVersion }) => profileVersion)),
    ],
  );
  return rows.map(({ id }) => id);
}

/** Those of the given sessions that exist. */
export async function standingsById(em: EntityManager, sessionIds: string[]): Promise<Standing[]> {
  if (sessionIds.length === 0) return [];
  const marks = sessionIds.map(() => '?').join(', ');
  const rows = await em.getConnection().execute<Row[]>(`${SELECT} where s.id in (${marks})`, sessionIds);
  return rows.map(standingOf);
}
