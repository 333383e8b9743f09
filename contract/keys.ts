import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { SCOPES } from './permissions.ts';
import { id, moment, name, pageOf, pageQuery } from './shared.ts';

export const keyView = z.object({
  id,
  name: z.string(),
  /** How the key ends, to tell it apart. */
  endsIn: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** Scopes that give nothing now, since its owner does not hold them. */
  lost: z.array(z.enum(SCOPES)),
  owner: z.object({ id, name: z.string() }),
  /** `stopped`: its owner is disabled. */
  state: z.enum(['active', 'stopped', 'expired', 'revoked']),
  madeAt: moment,
  expiresAt: moment,
  lastUsed: z.object({ at: moment, from: z.string() }).nullable(),
  /** Whether the reader may revoke it: it is their own, or its owner holds no more than they do. */
  manageable: z.boolean(),
});
export type KeyView = z.infer<typeof keyView>;

export const listKeys = endpoint('GET', '/api-keys', 'The API keys, newest first.', { query: pageQuery, result: pageOf(keyView) });
export const makeKey = endpoint('POST', '/api-keys', 'Makes a key. It is shown this once.', {
  body: z.strictObject({
    name,
    scopes: z.array(z.enum(SCOPES)).min(1, 'Choose at least one scope.'),
    days: z.int().min(1).max(730).default(90),
  }),
  status: 201,
  result: keyView.extend({ key: z.string() }),
});
export const revokeKey = endpoint('DELETE', '/api-keys/:id', 'Revokes a key at once.', { result: keyView });
