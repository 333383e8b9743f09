import * as contract from '#contract/keys.ts';
import { SCOPES } from '#contract/permissions.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { type Route, route } from '../platform/http/route.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { ApiKey } from './ApiKey.ts';
import { makeKey, mayRevoke, revokeKey } from './keys.ts';

/** @param key with its owner's roles loaded. @param now the database's clock. @param reader decides `manageable`. */
const present = (key: ApiKey, now: Date, reader: Actor): contract.KeyView => ({
  id: key.id,
  name: key.name,
  endsIn: key.endsIn,
  scopes: SCOPES.filter(scope => key.scopes.includes(scope)),
  lost: SCOPES.filter(scope => key.scopes.includes(scope) && !key.effective().has(scope)),
  owner: { id: key.owner.id, name: key.owner.name },
  state: key.state(now),
  madeAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt.toISOString(),
  lastUsed: key.lastUsedAt ? { at: key.lastUsedAt.toISOString(), from: key.lastUsedFrom ?? 'unknown' } : null,
  manageable: mayRevoke(reader, key),
});

export const keyRoutes: Route[] = [
  route(contract.listKeys, 'keys.view', {}, async ({ em, actor, query }) => {
    const pageSize = await pageSizeFor(em, actor, query);
    const [keys, total] = await em.findAndCount(
      ApiKey,
      {},
      { populate: ['owner.roles'], orderBy: { createdAt: 'desc', id: 'desc' }, limit: pageSize, offset: (query.page - 1) * pageSize },
    );
    const now = await databaseNow(em);
    return { items: keys.map(key => present(key, now, actor)), total, page: query.page, pageSize };
  }),

  route(contract.makeKey, 'keys.edit', { records: ['key.made'], confirmed: true }, async ({ em, actor, body }) => {
    const { key, secret } = await makeKey(em, actor, body);
    return { ...present(key, key.createdAt, actor), key: secret };
  }),

  route(contract.revokeKey, 'keys.edit', { records: ['key.revoked'], confirmed: true }, async ({ em, actor, params }) => {
    const key = await revokeKey(em, actor, params.id);
    return present(key, await databaseNow(em), actor);
  }),
];
