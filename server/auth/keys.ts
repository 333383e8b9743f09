import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash, randomBytes } from 'node:crypto';
import type { Permission, Scope } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { explainDenial } from '../roles/explain.ts';
import { holdRights } from '../roles/lock.ts';
import { canManage } from '../roles/policy.ts';
import { say } from '../words/say.ts';
import { ApiKey } from './ApiKey.ts';

const KEY_BYTES = 32;
/** Says what it is wherever it turns up, so that scanners for leaked secrets know it. */
const PREFIX = 'qd_';
const SHAPE = /^qd_[\w-]{43}$/;
const DAY = 24 * 60 * 60 * 1000;
/** How often the last use is written, in ms. */
const USED_EVERY = 60_000;

/** A key has 256 random bits: unlike a password, it needs no slow hash. */
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a key. It is known here and never again.
 * @param input `days` it is good for, by the database's clock.
 * @throws Problem `forbidden` for a scope that the maker does not hold, `signed_out` for one who was disabled meanwhile
 */
export async function makeKey(
  em: EntityManager,
  actor: Actor,
  input: { name: string; scopes: readonly Scope[]; days: number },
): Promise<{ key: ApiKey; secret: string }> {
  const scopes = [...new Set(input.scopes)];
  const missing = scopes.find(scope => !actor.permissions.has(scope));
  if (missing)
    throw new Problem('forbidden', {
      detail: say('A key carries only rights that its maker holds.'),
      missing: await explainDenial(em, missing, actor),
    });
  const secret = `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
  const key = await em.transactional(async em => {
    await holdRights(em); // whoever disables the maker revokes their keys, this one among them or not yet made
    const able = await em.execute<unknown[]>('select 1 from admin where id = ? and disabled_at is null', [actor.id ?? null]);
    if (able.length === 0) throw new Problem('signed_out', { detail: say('Your account was disabled.') });
    const now = await databaseNow(em);
    const key = em.create(ApiKey, {
      name: input.name,
      keyHash: hashOf(secret),
      endsIn: secret.slice(-4),
      scopes,
      owner: await em.findOneOrFail(Admin, { id: actor.id ?? '' }, { populate: ['roles'] }),
      createdAt: now,
      expiresAt: new Date(now.getTime() + input.days * DAY),
    });
    record(em, actor, 'key.made', { keyId: key.id, name: key.name, scopes });
    return key;
  });
  return { key, secret };
}

/** One's own, or that of somebody who holds no more than oneself. @param key with its owner's roles loaded */
export const mayRevoke = (actor: Actor, { owner }: ApiKey): boolean =>
  owner.id === actor.id || canManage(actor, { permissions: owner.effective(), superadmin: owner.isSuperadmin });

/** Revokes a key. One that was revoked before stays as it was. @throws Problem `not_found`, `stronger_than_you` */
export async function revokeKey(em: EntityManager, actor: Actor, id: string): Promise<ApiKey> {
  const found = await em.fork().findOne(ApiKey, id, { populate: ['owner.roles'] });
  if (!found) throw new Problem('not_found');
  if (!mayRevoke(actor, found))
    throw new Problem('stronger_than_you', { detail: say('{name} holds permissions that you do not.', { name: found.owner.name }) });
  return em.transactional(async em => {
    const revoked = await em.execute<{ id: string }[]>(
      'update api_key set revoked_at = now() where id = ? and revoked_at is null returning id',
      [id],
    );
    const key = await em.findOneOrFail(ApiKey, id, { populate: ['owner.roles'] });
    if (revoked.length > 0) record(em, actor, 'key.revoked', { keyId: key.id, name: key.name });
    return key;
  });
}

/** Writes down the use of a key: the first one as an event, later ones at most once a minute. */
async function markUsed(em: EntityManager, key: ApiKey, address: string, permissions: ReadonlySet<Permission>): Promise<void> {
  if (key.lastUsedAt) {
    if (Date.now() - key.lastUsedAt.getTime() < USED_EVERY) return;
    await em.execute(
      `update api_key set last_used_at = now(), last_used_from = ? where id = ? and last_used_at < now() - interval '1 minute'`,
      [address, key.id],
    );
    return;
  }
  await em.transactional(async em => {
    const first = await em.execute<{ id: string }[]>(
      'update api_key set last_used_at = now(), last_used_from = ? where id = ? and last_used_at is null returning id',
      [address, key.id],
    );
    if (first.length === 0) return;
    const actor: Actor = { kind: 'key', id: key.id, name: key.name, permissions, superadmin: false, ownerId: key.owner.id, address };
    record(em, actor, 'key.first-used', { keyId: key.id, name: key.name, address });
  });
}

/**
 * Whose key this is and what it may do now: its scopes, as far as its owner holds them today.
 * @param presented the key as it was sent. @param address where the request came from.
 * @returns `undefined` when it is unknown, expired or revoked, or its owner is disabled
 */
export async function findKey(
  em: EntityManager,
  presented: string,
  address: string,
): Promise<{ key: ApiKey; owner: Admin; permissions: ReadonlySet<Permission> } | undefined> {
  if (!SHAPE.test(presented)) return undefined;
  const key = await em.findOne(ApiKey, { keyHash: hashOf(presented) }, { populate: ['owner.roles'] });
  if (key?.state(await databaseNow(em)) !== 'active') return undefined;
  const permissions = key.effective();
  await markUsed(em, key, address, permissions);
  return { key, owner: key.owner, permissions };
}
