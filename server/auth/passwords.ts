import { hash, verify } from '@node-rs/argon2';
import { availableParallelism } from 'node:os';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';

/** `Algorithm.Argon2id`, which as an ambient const enum cannot be imported where types are stripped. */
const ARGON2ID = 2;
/** OWASP's floor for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MOST_WAITING = 32;

/** One hash at a time per spare core: more at once take longer in total and hold up everything live. */
class Turnstile {
  #free = Math.max(1, availableParallelism() - 1);
  readonly #waiting: (() => void)[] = [];

  /** @throws Problem `busy` when too many wait already */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else {
      if (this.#waiting.length >= MOST_WAITING) throw new Problem('busy', { retryAfter: 2 });
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
const turnstile = new Turnstile();

/** @returns `<key id>$<PHC string>`, to be stored */
export async function hashPassword(secrets: Secrets, password: string): Promise<string> {
  const peppered = secrets.pepper(password);
  if (!peppered) throw new Error('there is no current key');
  return turnstile.pass(async () => `${secrets.keyId}$${await hash(peppered, PARAMETERS)}`);
}

const split = (stored: string): [keyId: string, phc: string] => [
  stored.slice(0, stored.indexOf('$')),
  stored.slice(stored.indexOf('$') + 1),
];

let decoy: Promise<string> | undefined;
/** What is verified for a name that nobody has, so that the answer takes as long as for one that somebody has. */
const decoyHash = (secrets: Secrets): Promise<string> => (decoy ??= hashPassword(secrets, 'nobody has this password'));

/** Whether this is the password. Without a stored one the same work is done, and the answer is no. */
export async function verifyPassword(secrets: Secrets, stored: string | undefined, password: string): Promise<boolean> {
  const [keyId, phc] = split(stored ?? (await decoyHash(secrets)));
  const peppered = secrets.pepper(password, keyId) ?? '';
  const right = await turnstile.pass(() => verify(phc, peppered));
  return right && stored !== undefined;
}

/** Whether it was stored under an earlier key or with other parameters, and should be hashed anew at the next sign-in. */
export function isOutdated(secrets: Secrets, stored: string): boolean {
  const [keyId, phc] = split(stored);
  return keyId !== secrets.keyId || !phc.includes(`$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`);
}
