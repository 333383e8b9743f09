import type { NewPasskey, PasskeySignature } from '#contract/factors.ts';
import type { MakingOptions, SigningOptions } from '#contract/second-factor.ts';
import { late } from './late.ts';
import { BrowserRefusal } from './problem.ts';
import { passkeys as words } from './words/en/passkeys.ts';

const library = () => late(import('@simplewebauthn/browser'));

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window;

function refused(cause: unknown): never {
  if (!(cause instanceof Error)) throw cause;
  if (cause.name === 'InvalidStateError') throw new BrowserRefusal(words.known, { cause });
  if (cause.name === 'NotAllowedError' || cause.name === 'AbortError') throw new BrowserRefusal(words.stopped, { cause });
  throw new BrowserRefusal(words.unable, { cause });
}

/** Lets the person choose a passkey and sign with it. @throws BrowserRefusal when they do not, or cannot */
export async function signWithPasskey(optionsJSON: SigningOptions): Promise<PasskeySignature> {
  const { startAuthentication } = await library();
  return startAuthentication({ optionsJSON: { ...optionsJSON, allowCredentials: described(optionsJSON.allowCredentials) } }).catch(refused);
}

/**
 * Offers passkeys among what the browser fills into the field for the username; waits until one is chosen.
 * @returns `undefined` when none was, or the browser offers none there
 */
export async function offerPasskey(ask: () => Promise<SigningOptions>): Promise<PasskeySignature | undefined> {
  if (!knowsPasskeys()) return undefined;
  const { browserSupportsWebAuthnAutofill, startAuthentication } = await library();
  if (!(await browserSupportsWebAuthnAutofill())) return undefined;
  const optionsJSON = { ...(await ask()), allowCredentials: [] };
  return startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => undefined);
}

/** Lets the person make a passkey. @throws BrowserRefusal when they do not, or cannot */
export async function makePasskey(optionsJSON: MakingOptions): Promise<NewPasskey> {
  const { startRegistration } = await library();
  return startRegistration({ optionsJSON: { ...optionsJSON, excludeCredentials: described(optionsJSON.excludeCredentials) } }).catch(
    refused,
  );
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
/** How a key is reached is a hint: words that this browser does not know are left out. */
const described = (credentials: SigningOptions['allowCredentials']) =>
  credentials.map(({ transports, ...rest }) => ({ ...rest, transports: TRANSPORTS.filter(known => transports.includes(known)) }));
