import { defineEntity, p } from '@mikro-orm/postgresql';
import { type Permission, isPermission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  properties: {
    id: idColumn(),
    name: p.text(),
    /** SHA-256 of the key. */
    keyHash: p.blob().unique(),
    /** Its last four characters, to tell keys apart. */
    endsIn: p.text(),
    scopes: p.array<string>().columnType('text[]'),
    owner: () => p.manyToOne(Admin),
    createdAt: nowColumn(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedFrom: p.text().nullable(),
  },
});
/** What a program shows instead of signing in. */
export class ApiKey extends ApiKeySchema.class {
  /** `stopped`: its owner is disabled. `now` is the database's; needs `owner` loaded. */
  state(now: Date): 'active' | 'stopped' | 'expired' | 'revoked' {
    if (this.revokedAt) return 'revoked';
    if (this.expiresAt <= now) return 'expired';
    return this.owner.disabledAt ? 'stopped' : 'active';
  }
  /** What it may do: its scopes, as far as its owner holds them now. Needs `owner.roles` loaded. */
  effective(): Set<Permission> {
    const held = this.owner.effective();
    return new Set(this.scopes.filter(isPermission).filter(scope => held.has(scope)));
  }
}
ApiKeySchema.setClass(ApiKey);
