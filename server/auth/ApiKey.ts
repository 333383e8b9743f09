import { defineEntity, p } from '@mikro-orm/postgresql';
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
  state(now: Date): 'active' | 'expired' | 'revoked' {
    if (this.revokedAt) return 'revoked';
    return this.expiresAt > now ? 'active' : 'expired';
  }
}
ApiKeySchema.setClass(ApiKey);
