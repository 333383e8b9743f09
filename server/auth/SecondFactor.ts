import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { idColumn, nowColumn } from '../platform/db/columns.ts';

const TotpSchema = defineEntity({
  name: 'Totp',
  properties: {
    admin: () => p.oneToOne(Admin).primary().deleteRule('cascade').owner(),
    /** Encrypted, bound to the person. null until a right code was typed. */
    secret: p.blob().nullable(),
    /** One that waits for its first right code, encrypted alike: it opens nothing, and the one before goes on until then. */
    pending: p.blob().nullable(),
    /** Since when the secret counts. */
    confirmedAt: p.datetime().nullable(),
    /** The time step of the last code taken: no code works twice. */
    lastStep: p.bigint('number').default(0),
    createdAt: nowColumn(),
  },
});
/** An authenticator app's shared secret (RFC 6238). */
export class Totp extends TotpSchema.class {}
TotpSchema.setClass(Totp);

const RecoveryCodeSchema = defineEntity({
  name: 'RecoveryCode',
  properties: {
    id: idColumn(),
    admin: () => p.manyToOne(Admin).deleteRule('cascade'),
    codeHash: p.blob().unique(),
    createdAt: nowColumn(),
    usedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['admin'] }],
});
/** A code for the day the app or the key is lost. It works once. */
export class RecoveryCode extends RecoveryCodeSchema.class {}
RecoveryCodeSchema.setClass(RecoveryCode);

const PasskeySchema = defineEntity({
  name: 'Passkey',
  properties: {
    id: idColumn(),
    admin: () => p.manyToOne(Admin).deleteRule('cascade'),
    /** As the browser says it, base64url. */
    credentialId: p.text().unique(),
    publicKey: p.blob(),
    /** The authenticator's own count of signatures; some keep 0 for ever. */
    counter: p.bigint('number').default(0),
    transports: p.array<string>().columnType('text[]'),
    name: p.text(),
    createdAt: nowColumn(),
    lastUsedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['admin'] }],
});
/** A passkey (WebAuthn credential). */
export class Passkey extends PasskeySchema.class {}
PasskeySchema.setClass(Passkey);

const PasskeyChallengeSchema = defineEntity({
  name: 'PasskeyChallenge',
  properties: {
    id: idColumn(),
    challenge: p.text().unique(),
    /** The login session it was given to; null at sign-in, where there is none yet. */
    sessionId: p.uuid().nullable(),
    purpose: p.enum(['enrol', 'sign-in', 'confirm']),
    expiresAt: p.datetime(),
  },
});
/** What a passkey was asked to sign. It is taken once. */
export class PasskeyChallenge extends PasskeyChallengeSchema.class {}
PasskeyChallengeSchema.setClass(PasskeyChallenge);
