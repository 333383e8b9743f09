import type { EntityManager } from '@mikro-orm/postgresql';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PasskeyChallenge } from '../SecondFactor.ts';

const CHALLENGE_BYTES = 32;
/** How long a person has to touch their key, in ms. */
export const PATIENCE = 5 * 60_000;

/** What a challenge was given for. It is good for that alone. `sessionId`: absent at the sign-in page, where there is none yet. */
export interface Occasion {
  purpose: PasskeyChallenge['purpose'];
  sessionId?: string | undefined;
}

/** Something random to sign, remembered until it is taken. Of one session there is one for each purpose: the newest. */
export async function newChallenge(em: EntityManager, { purpose, sessionId }: Occasion): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  await em.execute('delete from passkey_challenge where expires_at < now() or (session_id = ? and purpose = ?)', [
    sessionId ?? null,
    purpose,
  ]);
  await em.execute(
    `insert into passkey_challenge (id, challenge, session_id, purpose, expires_at)
     values (gen_random_uuid(), ?, ?, ?, now() + make_interval(secs => ?))`,
    [challenge, sessionId ?? null, purpose, PATIENCE / 1000],
  );
  return challenge;
}

const clientData = z.object({ challenge: z.string() });

/**
 * The challenge that a browser says it signed, if it was given for this occasion and to nobody's use since: it is gone hereafter,
 * whatever the signature is worth.
 */
export async function takeChallenge(
  em: EntityManager,
  clientDataJSON: string,
  { purpose, sessionId }: Occasion,
): Promise<string | undefined> {
  const said = clientData.safeParse(parsed(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
  if (!said.success) return undefined;
  const { challenge } = said.data;
  const taken = await em.execute<unknown[]>(
    'delete from passkey_challenge where challenge = ? and purpose = ? and session_id is not distinct from ? and expires_at > now() returning id',
    [challenge, purpose, sessionId ?? null],
  );
  return taken.length > 0 ? challenge : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
