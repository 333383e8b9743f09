import { z } from 'zod';

/** What keeps somebody whose password was right from going on, in the order in which it is asked for. */
export const wants = ['second-factor', 'new-password', 'enrol'] as const;
export type Want = (typeof wants)[number];

/** By what a second factor can be given. */
export const ways = ['app', 'passkey', 'recovery'] as const;
export type Way = (typeof ways)[number];

/** Bytes as WebAuthn's JSON has them: base64url. */
const bytes = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+$/);

/** What a browser answers when a passkey signed (WebAuthn, AuthenticationResponseJSON). What else browsers put there goes unread. */
export const passkeySignature = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.nullish() }),
});
export type PasskeySignature = z.output<typeof passkeySignature>;

/** What a browser answers when it made a passkey (WebAuthn, RegistrationResponseJSON). What else browsers put there goes unread. */
export const newPasskey = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});
export type NewPasskey = z.output<typeof newPasskey>;

/** Six digits, with spaces wherever the app shows some. */
export const appCode = z
  .string()
  .max(20)
  .transform(text => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/, 'Six digits, as the app shows them.'));

/** Each way of giving a second factor. */
export const factorProofs = [
  z.strictObject({ by: z.literal('app'), code: appCode }),
  z.strictObject({ by: z.literal('recovery'), code: z.string().min(1, 'Type a recovery code.').max(60) }),
  z.strictObject({ by: z.literal('passkey'), signature: passkeySignature }),
] as const;
export const factorProof = z.discriminatedUnion('by', factorProofs);
export type FactorProof = z.output<typeof factorProof>;
