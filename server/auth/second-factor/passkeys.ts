import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { NewPasskey, PasskeySignature } from '#contract/factors.ts';
import type { Admin } from '../../admins/Admin.ts';
import { record } from '../../events/record.ts';
import type { Actor } from '../../platform/actor.ts';
import { Problem } from '../../platform/problem.ts';
import { Passkey } from '../SecondFactor.ts';
import { say } from '../../words/say.ts';
import { type Occasion, takeChallenge } from './challenges.ts';
import { followAddition, refuseIfLast } from './follow.ts';
import { siteOf } from './site.ts';

/** Of one person. */
const MOST_PASSKEYS = 20;
const ALGORITHMS = [-8, -7, -257];

/** What it throws says only that the answer is not worth anything. */
async function orNothing<T>(verify: Promise<T>): Promise<T | undefined> {
  return verify.catch(() => undefined);
}

/**
 * Adds a passkey that the person's browser made.
 * @returns it, and recovery codes where it is the first factor
 * @throws Problem `invalid` when the browser's answer does not hold, `conflict` for one passkey too many or one that is known
 */
export async function addPasskey(
  em: EntityManager,
  actor: Actor,
  admin: Admin,
  baseUrl: string,
  { name, passkey }: { name: string; passkey: NewPasskey },
): Promise<string[] | undefined> {
  const { origin, rpId } = siteOf(baseUrl);
  const { transports = [], ...response } = passkey.response;
  const challenge = await takeChallenge(em, response.clientDataJSON, { purpose: 'enrol', sessionId: actor.sessionId });
  if (challenge === undefined) throw new Problem('conflict', { detail: say('This took too long, or was used before. Begin again.') });
  const verified = await orNothing(
    verifyRegistrationResponse({
      response: { ...passkey, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified?.verified) throw new Problem('invalid', { detail: say('The browser’s answer does not hold for this site. Begin again.') });
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  try {
    return await em.transactional(async em => {
      em.create(Passkey, { admin, credentialId: id, publicKey: Buffer.from(publicKey), counter, transports, name });
      await em.flush();
      record(em, actor, 'second-factor.enrolled', { adminId: admin.id, name: admin.name, factor: 'passkey', label: name });
      const codes = await followAddition(em, actor, admin);
      if ((await em.count(Passkey, { admin: admin.id })) > MOST_PASSKEYS)
        throw new Problem('conflict', {
          detail: say('Nobody needs more than {mostPasskeys} passkeys. Remove one first.', { mostPasskeys: MOST_PASSKEYS }),
        });
      return codes;
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new Problem('conflict', { detail: say('This passkey is known already.') });
    throw error;
  }
}

/**
 * Whose passkey signed the challenge of this occasion. The count of its signatures has to grow, where it keeps one: a copy of the
 * key falls behind.
 * @param adminId whose it has to be; absent: anybody's.
 * @returns the passkey with `admin.roles` loaded and whether its signature holds; `undefined` for one that nobody here has
 */
export async function readSignature(
  em: EntityManager,
  baseUrl: string,
  signature: PasskeySignature,
  occasion: Occasion,
  adminId?: string,
): Promise<{ passkey: Passkey; holds: boolean } | undefined> {
  const { origin, rpId } = siteOf(baseUrl);
  const challenge = await takeChallenge(em, signature.response.clientDataJSON, occasion);
  const passkey = await em.findOne(
    Passkey,
    { credentialId: signature.id, ...(adminId !== undefined && { admin: adminId }) },
    { populate: ['admin.roles'] },
  );
  if (!passkey) return undefined;
  if (challenge === undefined) return { passkey, holds: false };
  const { userHandle, ...response } = signature.response;
  const verified = await orNothing(
    verifyAuthenticationResponse({
      response: { ...signature, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
    }),
  );
  const owner = Buffer.from(passkey.admin.id).toString('base64url');
  if (!verified?.verified || (typeof userHandle === 'string' && userHandle !== owner)) return { passkey, holds: false };
  const counted = await em.execute<unknown[]>(
    'update passkey set counter = ?, last_used_at = now() where id = ? and (counter < ? or (counter = 0 and ? = 0)) returning id',
    [verified.authenticationInfo.newCounter, passkey.id, verified.authenticationInfo.newCounter, verified.authenticationInfo.newCounter],
  );
  return { passkey, holds: counted.length > 0 };
}

const ownPasskey = async (em: EntityManager, actor: Actor, id: string): Promise<Passkey> => {
  const passkey = await em.findOne(Passkey, { id, admin: actor.id ?? '' });
  if (!passkey) throw new Problem('not_found');
  return passkey;
};

/** A name is for its owner alone to tell passkeys apart; changing it is no event. @throws Problem `not_found` */
export async function renamePasskey(em: EntityManager, actor: Actor, id: string, name: string): Promise<Passkey> {
  const passkey = await ownPasskey(em, actor, id);
  passkey.name = name;
  await em.flush();
  return passkey;
}

/** @throws Problem `not_found`, or `in_use` for the last factor while a role asks for one */
export async function removePasskey(em: EntityManager, actor: Actor, admin: Admin, id: string): Promise<void> {
  await em.transactional(async em => {
    const removed = await em.execute<{ name: string }[]>('delete from passkey where id = ? and admin_id = ? returning name', [
      id,
      admin.id,
    ]);
    if (!removed[0]) throw new Problem('not_found');
    await refuseIfLast(em, admin);
    record(em, actor, 'second-factor.removed', { adminId: admin.id, name: admin.name, factor: 'passkey', label: removed[0].name });
  });
}
