import { z } from 'zod';
import { sessionView } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { appCode, factorProof, newPasskey, passkeySignature } from './factors.ts';
import { id, moment, name, newPassword } from './shared.ts';

/** What a browser is asked to sign with (WebAuthn, PublicKeyCredentialRequestOptionsJSON). */
const signingOptions = z.object({
  challenge: z.string(),
  timeout: z.int(),
  rpId: z.string(),
  /** Of this person; empty where any passkey of this site will do. */
  allowCredentials: z.array(z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) })),
  userVerification: z.literal('required'),
});
export type SigningOptions = z.infer<typeof signingOptions>;

/** What a browser is asked to make a passkey with (WebAuthn, PublicKeyCredentialCreationOptionsJSON). */
const makingOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) })),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
});
export type MakingOptions = z.infer<typeof makingOptions>;

export const askForPasskey = endpoint('POST', '/session/passkey/options', 'What a passkey is to sign, for signing in with it alone.', {
  result: signingOptions,
});
export const signInWithPasskey = endpoint('POST', '/session/passkey', 'Signs in with a passkey as the only step.', {
  body: z.strictObject({ signature: passkeySignature, keep: z.boolean().default(false) }),
  result: sessionView,
});
export const askForSecondPasskey = endpoint('POST', '/session/second-factor/options', 'What a passkey of this person is to sign.', {
  result: signingOptions,
});
export const giveSecondFactor = endpoint(
  'POST',
  '/session/second-factor',
  'Gives the second factor after the password, and is signed in.',
  {
    body: z.strictObject({ proof: factorProof }),
    result: sessionView,
  },
);
export const replacePassword = endpoint('PUT', '/session/password', 'Replaces the password that somebody else chose, and is signed in.', {
  body: z.strictObject({ next: newPassword }),
  result: sessionView,
});

export const passkeyView = z.object({ id, name: z.string(), addedAt: moment, lastUsedAt: moment.nullable() });
export type PasskeyView = z.infer<typeof passkeyView>;

export const ownFactors = z.object({
  /** Since when the authenticator app counts; null: there is none. */
  app: z.object({ addedAt: moment }).nullable(),
  passkeys: z.array(passkeyView),
  /** Recovery codes that were not used yet. */
  codesLeft: z.int(),
  /** The roles that ask for a second factor; until when one has to be there, null once one is, or where nobody asks. */
  demandedBy: z.array(z.string()),
  enrolBy: moment.nullable(),
  /** Whether this site’s address lets browsers make passkeys: those of a bare IP address do not. */
  passkeysPossible: z.boolean(),
});
export type OwnFactors = z.infer<typeof ownFactors>;

/** With the first factor come recovery codes: shown once, here. */
const withCodes = z.object({ factors: ownFactors, codes: z.array(z.string()).nullable() });

export const getMyFactors = endpoint('GET', '/me/second-factors', 'One’s own second factors.', { result: ownFactors });
export const beginMyApp = endpoint(
  'POST',
  '/me/second-factors/app',
  'Begins with an authenticator app: a new secret, which counts once a code confirmed it.',
  {
    status: 201,
    result: z.object({
      /** In base32, as apps take it. */
      secret: z.string(),
      uri: z.string(),
      /** The same as a QR code. */
      svg: z.string(),
    }),
  },
);
export const confirmMyApp = endpoint(
  'PUT',
  '/me/second-factors/app',
  'Confirms the authenticator app with a code; an earlier one stops working.',
  {
    body: z.strictObject({ code: appCode }),
    result: withCodes,
  },
);
export const removeMyApp = endpoint('DELETE', '/me/second-factors/app', 'Removes one’s own authenticator app.');
export const renewMyCodes = endpoint(
  'POST',
  '/me/second-factors/recovery-codes',
  'Makes ten new recovery codes; earlier ones stop working.',
  {
    status: 201,
    result: z.object({ codes: z.array(z.string()) }),
  },
);
export const beginMyPasskey = endpoint('POST', '/me/passkeys/options', 'What a browser needs to make a passkey.', {
  result: makingOptions,
});
export const addMyPasskey = endpoint('POST', '/me/passkeys', 'Adds a passkey.', {
  body: z.strictObject({ name, passkey: newPasskey }),
  status: 201,
  result: withCodes,
});
export const renameMyPasskey = endpoint('PATCH', '/me/passkeys/:id', 'Gives a passkey of one’s own another name.', {
  body: z.strictObject({ name }),
  result: passkeyView,
});
export const removeMyPasskey = endpoint('DELETE', '/me/passkeys/:id', 'Removes a passkey of one’s own.');

export const resetSecondFactor = endpoint(
  'DELETE',
  '/admins/:id/second-factors',
  'Removes all second factors of somebody who lost theirs, and ends their sessions.',
);
