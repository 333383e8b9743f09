import { AsyncLocalStorage } from 'node:async_hooks';
import { LANGUAGES, type Language, type InEach } from '#contract/languages.ts';
import { german } from './de/all.ts';

/** What the code says, in English, as it stands there. Placeholders stand in braces. */
export type Sentence = keyof typeof german;
/** Every language but English has each sentence, or this does not compile. */
const catalogues: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<Sentence, string>>>> = { de: german };

type Named<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Given = Readonly<Record<string, string | number>>;
/** Sentences without placeholders. */
export type Plain = { [S in Sentence]: [Named<S>] extends [never] ? S : never }[Sentence];
type Values<S extends string> = [Named<S>] extends [never] ? [] : [values: Readonly<Record<Named<S>, string | number>>];

const spoken = new AsyncLocalStorage<{ language: Language }>();
/** The language of whoever will read what is being written: of a request, a mail, a message. What is only stored is written in English. */
export const language = (): Language => spoken.getStore()?.language ?? LANGUAGES[0];
/** Does something in a language. */
export const inLanguage = <T>(language: Language, work: () => T): T => spoken.run({ language }, work);
/** Goes on in another language within what `inLanguage` runs, once it is known who asks. */
export function speak(language: Language): void {
  const now = spoken.getStore();
  if (now) now.language = language;
}
/** Writes something once in each language, while it is not known who will read it. */
export const inEach = (write: () => string): InEach => ({ en: inLanguage('en', write), de: inLanguage('de', write) });

const filled = (text: string, values: Given = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
const textIn = (language: Language, sentence: Sentence): string => (language === 'en' ? sentence : catalogues[language][sentence]);

/** A sentence in the reader's language: `say('{name} is disabled.', { name })`. */
export const say = <S extends Sentence>(sentence: S, ...[values]: Values<S>): string => filled(textIn(language(), sentence), values);
/** A sentence in each language. */
export const sayAll = <S extends Sentence>(sentence: S, ...values: Values<S>): InEach => inEach(() => say(sentence, ...values));
/** A sentence as it is stored: in English, whoever causes it. `sayStored` tells it to its readers. */
export const noted = <S extends Sentence>(sentence: S, ...values: Values<S>): string => inLanguage('en', () => say(sentence, ...values));
/** Marks words that are said later, by `sayStored`: they stand in a schema, say. */
export const later = <S extends Sentence>(sentence: S): S => sentence;

const isSentence = (text: string): text is Sentence => Object.hasOwn(german, text);
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** So many characters of a sentence's own tell it from what somebody else wrote. */
const TELLING = 10;
/** Nothing of ours that is stored is longer. What somebody else wrote may be, and matching takes time by its length. */
const LONGEST = 1000;
const ownLength = (sentence: string): number => sentence.replaceAll(/\{\w+\}/g, '').length;
/** Sentences with placeholders as patterns, those with most words of their own first. */
const patterns = Object.keys(german)
  .filter(isSentence)
  .filter(sentence => /\{\w+\}/.test(sentence) && ownLength(sentence) >= TELLING)
  .toSorted((a, b) => ownLength(b) - ownLength(a))
  .map(sentence => ({
    sentence,
    pattern: new RegExp(`^${escaped(sentence).replaceAll(/\\\{(\w+)\\\}/g, '(?<$1>[^]+?)')}$`),
  }));

/** What was stored in English, in the reader's language; what the catalogue does not have, such as a service's own answer, as it is. */
export function sayStored(text: string): string {
  if (language() === 'en') return text;
  if (isSentence(text)) return textIn(language(), text);
  if (text.length > LONGEST) return text;
  for (const { sentence, pattern } of patterns) {
    const values = pattern.exec(text)?.groups;
    if (values)
      return filled(
        textIn(language(), sentence),
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, sayStored(value)])),
      );
  }
  return text;
}
