import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../platform/secrets.ts';

const proof = (secrets: Secrets, adminId: string): string => secrets.token('device', Buffer.from(adminId));

/** What a browser shows to prove that this person has signed in on it before. Opens nothing. */
export const deviceToken = (secrets: Secrets, adminId: string): string => `${adminId}.${proof(secrets, adminId)}`;

/** Whether the browser has seen this person sign in. */
export function isTrustedDevice(secrets: Secrets, presented: string | undefined, adminId: string | undefined): boolean {
  if (presented === undefined || adminId === undefined) return false;
  const expected = Buffer.from(deviceToken(secrets, adminId));
  const given = Buffer.from(presented);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
