import type { Language } from '#contract/languages.ts';

/** The language of these words, and how dates, numbers and lists are written in it. */
export const language: Language = 'en';
export const locale: string = 'en-GB';
/** Of what happened within the last seconds. */
export const justNow: string = 'now';
