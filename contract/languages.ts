/** Those the product speaks, by their tag (BCP 47). The first is spoken where nothing says otherwise, and what is written in the code. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each by its own name, which people who speak no other can read. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>;

/** How dates, numbers and lists are written in each. */
export const LOCALES = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>;

/** @param tag such as `de-AT`: what comes after the language is not looked at */
export const languageOf = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find(language => language === tag?.toLowerCase().split('-')[0]);

/** The same words in each language. */
export type InEach = Readonly<Record<Language, string>>;

/** What was written in each language, as one reader reads it. */
export type Heard<T> = T extends InEach
  ? string
  : T extends (infer U)[]
    ? Heard<U>[]
    : T extends object
      ? { [K in keyof T]: Heard<T[K]> }
      : T;

const isInEach = (value: object): value is InEach =>
  Object.keys(value).length === LANGUAGES.length && LANGUAGES.every(language => Object.hasOwn(value, language));

/** Puts the reader's language wherever something stands in each. */
export function heardIn<T>(language: Language, said: T): Heard<T>;
export function heardIn(language: Language, said: unknown): unknown {
  if (typeof said !== 'object' || said === null) return said;
  if (Array.isArray(said)) return said.map((one: unknown) => heardIn(language, one));
  if (isInEach(said)) return said[language];
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, heardIn(language, value)]));
}
