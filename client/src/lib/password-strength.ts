import { passwordFault, passwordLength } from './password.ts';

/** From here on a password is hard to guess, and from there on very hard, in characters that add something. */
const HARD = 16;
const VERY_HARD = 20;

/**
 * How hard a password is to guess, as far as its length tells: 0 while it is too short to be set, then 1 to 3. A character that only
 * repeats what stood within the last four, or goes on from the one before as `abc` and `321` do, adds nothing. Advice: the server decides.
 */
export function passwordStrength(password: string, min: number): 0 | 1 | 2 | 3 {
  const characters = [...password.normalize('NFC').toLowerCase()];
  const code = (at: number): number => characters[at]?.codePointAt(0) ?? Number.NaN;
  const adds = (character: string, at: number): boolean =>
    Math.abs(code(at) - code(at - 1)) !== 1 && !characters.slice(Math.max(0, at - 4), at).includes(character);
  const counted = characters.filter(adds).length;
  if (passwordLength(password) < min || passwordFault(password) !== '') return 0;
  if (counted >= VERY_HARD) return 3;
  return counted >= HARD ? 2 : 1;
}
