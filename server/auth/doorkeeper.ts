import type { MikroORM } from '@mikro-orm/postgresql';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BY_ITSELF } from '#contract/headers.ts';
import type { Actor } from '../platform/actor.ts';
import type { Standing as LiveStanding, Person, Visitor } from '../platform/live/visitor.ts';
import { Problem } from '../platform/problem.ts';
import { readSessionCookie } from './cookies.ts';
import { findKey } from './keys.ts';
import { type KnownSession, type Standing, movedSessions, standingByToken, standingsById } from './standing.ts';

/** How long what was asked about a session may be believed, in ms. Revocations say so at once; this is for when nobody could: they act within a second. */
const BELIEVED = 800;
const MOST_REMEMBERED = 20_000;
/** How often a session's last activity is written, in ms. */
const SEEN_EVERY = 60_000;

/** What the database keeps of a session's cookie. */
export const sessionHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether nobody at the page caused this request, as the page says; pictures come with what is shown, which may have come by itself. */
const cameByItself = ({ headers }: IncomingMessage): boolean => headers[BY_ITSELF] === '1' || headers['sec-fetch-dest'] === 'image';

/** How somebody is shown to others. */
const personOf = ({ name, roles, avatar }: { name: string; roles: string[]; avatar: string | null }): Person => ({
  name,
  roles,
  ...(avatar === null ? {} : { avatar }),
});

const whyOver = (standing: Standing | undefined): { detail?: string; at?: string } => ({
  ...(standing?.reason !== undefined && { detail: standing.reason }),
  ...(standing?.endedAt && { at: standing.endedAt.toISOString() }),
});

/** Knows who stands at the door: for requests and for sockets, by cookie or API key. */
export class Doorkeeper {
  readonly #orm: MikroORM;
  readonly #baseUrl: string;
  readonly #known = new Map<string, { at: number; standing: Standing }>();

  constructor(orm: MikroORM, baseUrl: string) {
    this.#orm = orm;
    this.#baseUrl = baseUrl;
  }

  /** Something changed about sessions or rights: what is remembered may be wrong. */
  forget(): void {
    this.#known.clear();
  }

  async #standing(token: string): Promise<Standing | undefined> {
    const hash = sessionHash(token);
    const key = hash.toString('base64');
    const known = this.#known.get(key);
    const at = performance.now(); // before the question: the answer is as old as that
    if (known && at - known.at < BELIEVED) return known.standing;
    const standing = await standingByToken(this.#orm.em.fork(), hash);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    if (standing) this.#known.set(key, { at, standing });
    return standing;
  }

  /** The standing of the request's session. @throws Problem `signed_out` with the reason, where there is one to tell */
  async #admit(request: IncomingMessage): Promise<Standing> {
    const token = readSessionCookie(request, this.#baseUrl);
    if (!token) throw new Problem('signed_out');
    const standing = await this.#standing(token);
    if (!standing?.live) throw new Problem('signed_out', whyOver(standing));
    return standing;
  }

  /** Who sends this request. @throws Problem `signed_out` or `bad_api_key` */
  async identify(request: IncomingMessage, address: string, requestId: string): Promise<Actor> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#identifyKey(authorization, address, requestId);
    const standing = await this.#admit(request);
    if (!cameByItself(request) && standing.now.getTime() - standing.lastSeenAt.getTime() >= SEEN_EVERY) {
      await this.#orm.em.fork().execute('update session set last_seen_at = now() where id = ? and ended_at is null', [standing.sessionId]);
      this.forget();
    }
    await this.#noteAsked(standing);
    const { adminId, sessionId, name, permissions, superadmin, confirmed, wants, language } = standing;
    return {
      kind: 'admin',
      id: adminId,
      name,
      permissions,
      superadmin,
      sessionId,
      confirmed,
      language,
      ...(wants && { wants }),
      address,
      requestId,
    };
  }

  /** From the first request on after a role asked for a second factor its days of grace count; when nobody asks any more they are forgotten. */
  async #noteAsked({ adminId, enrolBy, askedToEnrol }: Standing): Promise<void> {
    const asked = enrolBy !== undefined;
    if (asked === askedToEnrol) return;
    await this.#orm.em
      .fork()
      .execute(
        `update admin set second_factor_asked_at = ${asked ? 'now()' : 'null'} where id = ? and (second_factor_asked_at is null) = ?`,
        [adminId, asked],
      );
    this.forget();
  }

  async #identifyKey(authorization: string, address: string, requestId: string): Promise<Actor> {
    const presented = /^Bearer (qd_[\w-]{20,100})$/.exec(authorization)?.[1];
    const found = presented === undefined ? undefined : await findKey(this.#orm.em.fork(), presented, address);
    if (!found) throw new Problem('bad_api_key');
    const { key, owner, permissions } = found;
    return { kind: 'key', id: key.id, name: key.name, permissions, superadmin: false, ownerId: owner.id, address, requestId };
  }

  /** Whom a socket belongs to; `undefined`: nobody who is signed in. */
  async admitSocket(request: IncomingMessage): Promise<Visitor | undefined> {
    const standing = await this.#admit(request).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
    if (standing?.wants !== undefined) return undefined;
    return (
      standing && {
        adminId: standing.adminId,
        sessionId: standing.sessionId,
        authEpoch: standing.authEpoch,
        rightsEpoch: standing.rightsEpoch,
        profileVersion: standing.profileVersion,
        permissions: standing.permissions,
        language: standing.language,
        person: personOf(standing),
        expiresAt: standing.expiresAt.getTime(),
      }
    );
  }

  /** What holds now for those sessions of open sockets that are not what they are known as. */
  async standings(known: readonly KnownSession[]): Promise<ReadonlyMap<string, LiveStanding>> {
    const em = this.#orm.em.fork();
    const moved = await movedSessions(em, known);
    if (moved.length > 0) this.forget();
    const standings = new Map((await standingsById(em, moved)).map(standing => [standing.sessionId, standing]));
    return new Map(moved.map(id => [id, liveStanding(standings.get(id))]));
  }

  /** How these people are shown now. */
  async profiles(adminIds: string[]): Promise<ReadonlyMap<string, Person>> {
    if (adminIds.length === 0) return new Map();
    const marks = adminIds.map(() => '?').join(', ');
    const rows = await this.#orm.em.fork().execute<{ id: string; name: string; roles: string[]; avatar: string | null }[]>(
      `select a.id, a.first_name || ' ' || a.last_name as name, a.avatar,
              array(select r.name from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id order by r.name) as roles
         from admin a where a.id in (${marks})`,
      adminIds,
    );
    return new Map(rows.map(row => [row.id, personOf(row)]));
  }

  /** Writes down that these people are here; called at most once a minute for each. Whoever is just being changed waits for the next minute. */
  async seen(adminIds: string[]): Promise<void> {
    if (adminIds.length === 0) return;
    await this.#orm.em
      .fork()
      .execute('update admin set last_seen_at = now() where id in (select id from admin where id in (?) for no key update skip locked)', [
        adminIds,
      ]);
  }
}

/** As the sockets judge it; of a session that is gone only that it is over. */
function liveStanding(standing: Standing | undefined): LiveStanding {
  if (!standing) return { authEpoch: 0, rightsEpoch: 0, profileVersion: 0, live: false };
  const { authEpoch, rightsEpoch, rightsChangedBy, profileVersion, live, wants, reason, endedAt, expiresAt } = standing;
  return {
    authEpoch,
    rightsEpoch,
    profileVersion,
    live,
    half: wants !== undefined,
    expiresAt: expiresAt.getTime(),
    ...(rightsChangedBy === undefined ? {} : { rightsChangedBy }),
    ...(reason === undefined ? {} : { reason }),
    ...(endedAt && { at: endedAt.toISOString() }),
  };
}
