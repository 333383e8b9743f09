import { dictionary } from '@zxcvbn-ts/language-common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { invalid } from '../platform/problem.ts';
import { Organisation } from '../settings/Organisation.ts';
import { say } from '../words/say.ts';

/** Only those that a password of the least length an organisation may ask could be. */
const COMMON = new Set(dictionary['passwords-common'].filter(word => word.length >= 8).map(word => word.toLowerCase()));

/** The shortest piece that, repeated, makes the whole: `abab` is two of `ab`. */
const isRepetition = (text: string): boolean => {
  const at = `${text}${text}`.indexOf(text, 1);
  return at < text.length && at <= 4;
};
const isRun = (text: string): boolean => {
  const codes = [...text].map(character => character.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return Math.abs(step) === 1 && codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step);
};
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Why this password is easily guessed, as words for the person; `undefined` when it is not. */
export function weakness(password: string, context: readonly string[]): string | undefined {
  const lower = password.toLowerCase();
  const bare = plain(password);
  if (COMMON.has(lower) || COMMON.has(bare)) return say('This is one of the most used passwords. Choose another.');
  if (isRepetition(lower) || isRun(lower)) return say('This is one pattern over and over. Choose something harder to guess.');
  const near = context
    .flatMap(word => word.split(/[\s@.]+/))
    .map(plain)
    .filter(word => word.length >= 4);
  const rest = near.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), bare);
  // one without any letters has nothing of a name in it
  if (rest !== bare && rest.length <= 4) return say('This is little more than your own name, email or organisation. Choose another.');
  return undefined;
}

/**
 * What the organisation asks of a password beyond its schema: the least length, not a common one, not the person's own words.
 * @param context `field`: where the refusal is shown; `words`: names, email, username of the person.
 * @throws Problem `invalid`
 */
export async function checkNewPassword(
  em: EntityManager,
  password: string,
  context: { field: string; words: readonly string[] },
): Promise<void> {
  const organisation = await em.findOneOrFail(Organisation, 1);
  const length = [...password.normalize('NFC')].length;
  if (length < organisation.passwordMinimum)
    throw invalid(
      context.field,
      say('At least {passwordMinimum} characters; this has {length}.', { passwordMinimum: organisation.passwordMinimum, length }),
    );
  const reason = weakness(password, [...context.words, organisation.name, 'quarterdeck']);
  if (reason) throw invalid(context.field, reason);
}
