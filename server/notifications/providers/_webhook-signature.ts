import { createHmac, createSecretKey } from 'node:crypto';

/** How long the secret before is signed with too, so that a receiver can take over the new one in its own time. */
export const OVERLAP_HOURS = 24;
const PREFIX = 'whsec_';

/** The key within a secret; undefined where it is none: `whsec_` and 24 to 64 bytes in base64. */
export function keyOf(secret: string): Buffer | undefined {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const key = Buffer.from(text, 'base64');
  return key.length >= 24 && key.length <= 64 && key.toString('base64').replaceAll('=', '') === text.replaceAll('=', '') ? key : undefined;
}

/**
 * The headers that Standard Webhooks asks for (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * a signature by each secret, of which a receiver accepts any.
 * @param id stays the same when the message is repeated
 * @param at seconds since 1970
 */
export function signed(body: string, { id, at, secrets }: { id: string; at: number; secrets: readonly string[] }): Record<string, string> {
  const signatures = secrets.flatMap(secret => {
    const key = keyOf(secret);
    return key ? [`v1,${createHmac('sha256', createSecretKey(key)).update(`${id}.${at}.${body}`).digest('base64')}`] : [];
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signatures.join(' ') };
}
