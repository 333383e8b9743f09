import { Secret, TOTP } from 'otpauth';

const SECRET_BYTES = 20;
/** What every authenticator app can do (RFC 6238, and the defaults of the key URI format). */
const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that a clock may be off, either way. */
const WINDOW = 1;

/** @returns 160 random bits in base32 */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR code says: an `otpauth:` address. */
export const keyUri = (secret: string, { issuer, username }: { issuer: string; username: string }): string =>
  new TOTP({ ...SHAPE, issuer, label: username, secret: Secret.fromBase32(secret) }).toString();

/** The code that the app shows at a moment. */
export const codeAt = (secret: string, at: Date): string =>
  TOTP.generate({ ...SHAPE, secret: Secret.fromBase32(secret), timestamp: at.getTime() });

/** The time step that this code belongs to: that of the moment, the one before or the one after; `undefined` when it is of none. */
export function stepOf(secret: string, code: string, at: Date): number | undefined {
  const timestamp = at.getTime();
  const delta = TOTP.validate({ ...SHAPE, secret: Secret.fromBase32(secret), token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : TOTP.counter({ period: SHAPE.period, timestamp }) + delta;
}
