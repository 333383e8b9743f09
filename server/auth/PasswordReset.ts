import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';

const PasswordResetSchema = defineEntity({
  name: 'PasswordReset',
  properties: {
    id: idColumn(),
    admin: () => p.manyToOne(Admin).deleteRule('cascade'),
    /** What the link's token is derived from: neither this nor the hash opens anything by itself. */
    nonce: p.blob(),
    tokenHash: p.blob().unique(),
    createdAt: nowColumn(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  uniques: [
    {
      name: 'password_reset_open_unique',
      expression: `create unique index "password_reset_open_unique" on "password_reset" ("admin_id") where "used_at" is null and "revoked_at" is null`,
    },
  ],
});
/** A link that sets a new password. Of one person at most one is open. */
export class PasswordReset extends PasswordResetSchema.class {}
PasswordResetSchema.setClass(PasswordReset);
