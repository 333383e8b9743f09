import { type Sentence, say } from './say.ts';

type WhereSentence = Exclude<Extract<Sentence, `{where} ${string}.`>, `${string}{seconds}${string}`>;
/** The failures people can do something about, by Node's codes. */
const CAUSES: Record<string, WhereSentence> = {
  ENOTFOUND: '{where} has no address: the name is wrong, or DNS does not work here.',
  EAI_AGAIN: '{where} could not be looked up: DNS does not answer.',
  ECONNREFUSED: '{where} refused the connection: nothing listens there.',
  ECONNRESET: '{where} cut the connection.',
  EHOSTUNREACH: '{where} cannot be reached from here.',
  ENETUNREACH: '{where} cannot be reached from here.',
  CERT_HAS_EXPIRED: '{where} has a certificate that expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: '{where} has a certificate that nobody signed.',
  SELF_SIGNED_CERT_IN_CHAIN: '{where} has a certificate that nobody known signed.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '{where} has a certificate whose signer is unknown.',
  ERR_TLS_CERT_ALTNAME_INVALID: '{where} has a certificate for another name.',
};

/** Why a place could not be talked to. @param code Node's */
export const unreachable = (code: string, where: string): string => say(CAUSES[code] ?? '{where} could not be talked to.', { where });
