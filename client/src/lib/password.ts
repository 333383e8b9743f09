import { FORBIDDEN_PASSWORD_CHARACTERS, MAX_PASSWORD_LENGTH } from '#contract/accounts.ts';
import { shared as words } from './words/en/shared.ts';

/** In code points of the NFC form, as the server counts. */
export const passwordLength = (password: string): number => [...password.normalize('NFC')].length;

/** What no password may be, as a sentence; empty while it may still become one. The server has the last word. */
export function passwordFault(password: string): string {
  const refused = FORBIDDEN_PASSWORD_CHARACTERS.filter(character => password.includes(character));
  if (refused.length > 0) return words.passwordRefused(refused.join(' '));
  return passwordLength(password) > MAX_PASSWORD_LENGTH ? words.passwordLong : '';
}

/** Whether a password typed twice may be sent to be set. */
export const mayBeSet = (password: string, second: string, min: number): boolean =>
  passwordLength(password) >= min && passwordFault(password) === '' && second === password;
