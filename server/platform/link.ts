import type { Secrets } from './secrets.ts';

/** What the database keeps of a link: neither opens anything by itself. */
export interface LinkSeed {
  nonce: Uint8Array;
  tokenHash: Uint8Array;
}

/**
 * A kind of one-time link.
 * @param purpose stands inside every token: a link of another kind opens nothing of this one.
 * @param page where it leads, such as `/invitation`.
 */
export function linkKind(purpose: string, page: string) {
  const hash = (secrets: Secrets, token: string): Buffer => secrets.tokenHash(purpose, token);
  return {
    /** What the database keeps of a token, to find it by. */
    hash,

    /** What a new link is made of. */
    make: (secrets: Secrets): { nonce: Buffer; tokenHash: Buffer } => {
      const nonce = secrets.newNonce();
      return { nonce, tokenHash: hash(secrets, secrets.token(purpose, nonce)) };
    },

    /**
     * The link, the same each time it is asked for. Its token stands in the fragment, which no browser sends to a server and no
     * proxy logs.
     * @returns `undefined` when it was made with a secret key that is no longer the current one, and so cannot be made again
     */
    urlOf: (secrets: Secrets, baseUrl: string, { nonce, tokenHash }: LinkSeed): string | undefined => {
      const token = secrets.token(purpose, nonce);
      return hash(secrets, token).equals(tokenHash) ? `${baseUrl}${page}#${token}` : undefined;
    },
  };
}
