const SHORTEST = 32; // bytes: a full key for HMAC-SHA-256 and AES-256
const FEWEST_DIFFERENT = 16; // of 32 random bytes some 30 differ from one another; fewer than 16 never happen by chance

/** Reads a secret key written in hex or base64; undefined when it is short, or too regular to be random. */
export function parseSecretKey(text: string): Buffer | undefined {
  const encoding = /^[0-9a-f]+$/i.test(text) ? 'hex' : /^[\w+/-]+=*$/.test(text) ? 'base64' : undefined;
  if (!encoding) return undefined;
  const key = Buffer.from(text, encoding);
  return key.length >= SHORTEST && new Set(key).size >= FEWEST_DIFFERENT ? key : undefined;
}
