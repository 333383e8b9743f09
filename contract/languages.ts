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
