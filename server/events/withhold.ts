/** Stands for a secret wherever it is told that there is one. */
export const HIDDEN = '(hidden)';

const SECRET =
  /^(password|passphrase|passcode|secret|token|code|otp|totp|pin|key|nonce|salt|pepper|seed|hash|cookie|credential|authorization|material)s?$/;
/** What is said about a secret without giving it: `passwordMinimum`, `keyId`. */
const ABOUT = /^(ids?|at|by|name|label|kind|types?|minimum|maximum|length|count|left|days|hours|minutes|seconds|demanded|needed|set)$/;

/** Whether what stands under this name is likely a secret: `smtpPassword`, `recovery-codes`, `key_material`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some(word => SECRET.test(word)) && !ABOUT.test(words.at(-1) ?? '');
}

function withheld(value: unknown, secret: boolean): unknown {
  if (Array.isArray(value)) return value.map(each => withheld(each, secret));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withheld(each, secret || isSecretName(name))]));
  return secret && (typeof value === 'string' || typeof value === 'number') ? HIDDEN : value;
}

/**
 * Facts as they may be kept for ever and read by everybody who sees the log: under a name that sounds like a secret stands that there
 * is one, not what it is, however deep it lies. Yes, no and nothing stay, since they give nothing away.
 * @param closed names whose values come from a closed list, which is no secret
 */
export const withhold = (facts: object, closed: ReadonlySet<string> = new Set()): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, withheld(value, isSecretName(name) && !closed.has(name))]));
