import type { EntityManager } from '@mikro-orm/postgresql';
import type { MakingOptions, SigningOptions } from '#contract/second-factor.ts';
import type { Admin } from '../../admins/Admin.ts';
import { organisation } from '../../settings/queries.ts';
import { Passkey } from '../SecondFactor.ts';
import { type Occasion, PATIENCE, newChallenge } from './challenges.ts';
import { siteOf } from './site.ts';

const described = ({ credentialId, transports }: Passkey) => ({ id: credentialId, type: 'public-key' as const, transports });

/**
 * What a passkey is asked to sign.
 * @param adminId whose passkeys will do; absent: any of this site, for somebody who is not known yet.
 */
export async function signingOptions(em: EntityManager, baseUrl: string, occasion: Occasion, adminId?: string): Promise<SigningOptions> {
  const { rpId } = siteOf(baseUrl);
  const own = adminId === undefined ? [] : await em.find(Passkey, { admin: adminId }, { orderBy: { id: 'asc' } });
  const challenge = await newChallenge(em, occasion);
  return { challenge, timeout: PATIENCE, rpId, allowCredentials: own.map(described), userVerification: 'required' };
}

/** What a browser needs to make a passkey: one that can be found without a name, and that asks who touches it. */
export async function makingOptions(em: EntityManager, baseUrl: string, occasion: Occasion, admin: Admin): Promise<MakingOptions> {
  const { rpId } = siteOf(baseUrl);
  const { name } = await organisation(em);
  const own = await em.find(Passkey, { admin: admin.id }, { orderBy: { id: 'asc' } });
  const challenge = await newChallenge(em, occasion);
  return {
    rp: { id: rpId, name },
    user: { id: Buffer.from(admin.id).toString('base64url'), name: admin.username, displayName: admin.name },
    challenge,
    pubKeyCredParams: [-8, -7, -257].map(alg => ({ alg, type: 'public-key' })), // EdDSA, ES256, RS256 (COSE)
    timeout: PATIENCE,
    attestation: 'none',
    excludeCredentials: own.map(described),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  };
}
