import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';

const SessionSchema = defineEntity({
  name: 'Session',
  properties: {
    id: idColumn(),
    admin: () => p.manyToOne(Admin).deleteRule('cascade'),
    /** SHA-256 of the cookie: a copy of the database opens no session. */
    tokenHash: p.blob().unique(),
    createdAt: nowColumn(),
    /** Written at most once a minute. */
    lastSeenAt: nowColumn(),
    expiresAt: p.datetime(),
    /** Without a request for so long, it ends. */
    idleSeconds: p.integer(),
    kept: p.boolean(),
    /** `password`: half signed in, until the second factor was given. */
    level: p.enum(['password', 'full']).default('full'),
    /** When the person last proved who they are; dangerous acts ask for it anew after ten minutes. */
    confirmedAt: nowColumn(),
    /** The person's epoch when it began. */
    authEpoch: p.integer(),
    userAgent: p.text(),
    address: p.text(),
    endedAt: p.datetime().nullable(),
    /** Why it ended, in words for the person. */
    endedBecause: p.text().nullable(),
  },
  indexes: [{ properties: ['admin'] }],
});
/** A login session. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
